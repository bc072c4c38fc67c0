import Experiments
import Foundation
import Synchronization

/// Ctrl-C and the system's requests to end, while other programs of the suite may be running.
///
/// A child ends in order and says so by its exit code; what it has written is cleared away then.
/// Without one, this process ends at once.
enum Interruptions {
  /// The children that are running, each in a place of its own, and 0 in the places that are free.
  ///
  /// A handler of signals may read atomic numbers, and neither lock nor allocate.
  private nonisolated(unsafe) static let children = {
    let places = UnsafeMutablePointer<Atomic<pid_t>>.allocate(capacity: placeCount)
    for place in 0..<placeCount { (places + place).initialize(to: Atomic(0)) }
    return places
  }()
  /// More than there are cores to keep busy.
  private static let placeCount = 1024

  /// Whether a request has come; what a child says after that is not to be relied on.
  static let haveCome = Atomic<Bool>(false)

  /// Hands requests on to the children; what somebody has asked to ignore (`nohup`) stays ignored.
  static func leaveToChildren() {
    // Made here: a handler must not be the first to use them.
    _ = children
    haveCome.store(false, ordering: .sequentiallyConsistent)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var action = sigaction()
      guard number == SIGINT || !Interruption.isIgnored(number) else { continue }
      action.sa_flags = SA_SIGINFO | Int32(SA_RESTART)
      let handler:
        @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?)
          -> Void = { number, information, _ in
            Interruptions.haveCome.store(true, ordering: .sequentiallyConsistent)
            // A terminal sends it to the children as well, and twice means at once.
            let isOurs = information.map { $0.pointee.si_code <= 0 } ?? false
            if !Interruptions.handOn(number, isOurs: isOurs) { _exit(Interruption.exitCode) }
          }
      #if canImport(Darwin)
        action.__sigaction_u.__sa_sigaction = handler
      #else
        action.__sigaction_handler.sa_sigaction = handler
      #endif
      sigaction(number, &action, nil)
    }
  }

  /// Sends the children a signal if it is for this process alone; false if there are none.
  private static func handOn(_ number: Int32, isOurs: Bool) -> Bool {
    var isAny = false
    for place in 0..<placeCount {
      let child = children[place].load(ordering: .sequentiallyConsistent)
      guard child > 0 else { continue }
      isAny = true
      if isOurs { kill(child, number) }
    }
    return isAny
  }

  /// Says that a child runs, until the function that is returned is called.
  static func watch(_ child: pid_t) -> @Sendable () -> Void {
    for place in 0..<placeCount
    where children[place].compareExchange(
      expected: 0, desired: child, ordering: .sequentiallyConsistent
    ).exchanged {
      return { children[place].store(0, ordering: .sequentiallyConsistent) }
    }
    return {}
  }
}
