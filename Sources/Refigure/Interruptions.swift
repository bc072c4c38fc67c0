import Experiments
import Foundation
import Synchronization

/// Ctrl-C and the system's requests to end, while other programs of the suite may be running.
///
/// A child ends in order and says so by its exit code; what it has written is cleared away then.
/// Without one, this process ends at once.
enum Interruptions {
  /// The child that is running, or 0.
  static let child = Atomic<pid_t>(0)
  /// Whether a request has come; what a child says after that is not to be relied on.
  static let haveCome = Atomic<Bool>(false)

  /// Hands requests on to the child; what somebody has asked to ignore (`nohup`) stays ignored.
  static func leaveToChildren() {
    // Made here: a handler must not be the first to use them.
    child.store(0, ordering: .sequentiallyConsistent)
    haveCome.store(false, ordering: .sequentiallyConsistent)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var action = sigaction()
      guard number == SIGINT || !Interruption.isIgnored(number) else { continue }
      action.sa_flags = SA_SIGINFO | Int32(SA_RESTART)
      let handler:
        @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?)
          -> Void = { number, information, _ in
            Interruptions.haveCome.store(true, ordering: .sequentiallyConsistent)
            let child = Interruptions.child.load(ordering: .sequentiallyConsistent)
            guard child > 0 else { _exit(Interruption.exitCode) }
            // A terminal sends it to the child as well, and twice means at once.
            if let information, information.pointee.si_code <= 0 { kill(child, number) }
          }
      #if canImport(Darwin)
        action.__sigaction_u.__sa_sigaction = handler
      #else
        action.__sigaction_handler.sa_sigaction = handler
      #endif
      sigaction(number, &action, nil)
    }
  }
}
