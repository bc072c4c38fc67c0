import Foundation

/// Another program, started and waited for.
///
/// What is collected of its output goes into files, so that neither side ever waits for the other to
/// empty a pipe. There is no run loop and no second thread in it: the end of the program is what
/// `waitpid` says. Foundation's `Process` hears of it through a socket and a run loop instead, which
/// can miss it and then waits for ever.
package struct ChildProcess: Sendable {
  /// What becomes of something that the program prints.
  package enum Output: Sendable {
    /// It goes where ours goes.
    case inherited
    /// It is collected.
    case collected
  }

  /// What came of the program.
  package struct Outcome: Sendable {
    /// What it printed, if that was collected.
    package var output: Data
    /// What it complained about, if that was collected.
    package var errors: Data
    /// Its exit code; 128 and the signal's number if a signal ended it, as shells say it.
    package var code: Int32
    /// The signal that ended it, if one did.
    package var signal: Int32?
  }

  /// The file of the program.
  package var program: URL
  /// Its arguments, without its own name.
  package var arguments: [String]
  /// Variables that it has beside ours, or instead of them.
  package var variables: [String: String]
  /// What becomes of its standard output.
  package var output: Output
  /// What becomes of its standard error.
  package var errors: Output
  /// Signals that do to it what they do by default, though this process ignores them.
  package var defaultSignals: [Int32] = []
  /// Told the process when it has been started; what it returns is called when the process is about
  /// to be forgotten.
  ///
  /// Signals that end a process wait meanwhile on this thread. A handler that runs on another one may
  /// miss a child that is just being started, and then does not end it.
  package var watch: @Sendable (pid_t) -> @Sendable () -> Void = { _ in {} }

  /// A program with arguments, not started yet.
  package init(
    _ program: URL, _ arguments: [String], adding variables: [String: String] = [:],
    output: Output = .inherited, errors: Output = .inherited
  ) {
    self.program = program
    self.arguments = arguments
    self.variables = variables
    self.output = output
    self.errors = errors
  }

  /// Starts the program and waits for its end.
  ///
  /// - Throws: ``ChildProcessError`` if it cannot be started.
  package func run() throws(ChildProcessError) -> Outcome {
    let outputFile = output == .collected ? try NamelessFile() : nil
    let errorFile = errors == .collected ? try NamelessFile() : nil
    let (process, forget) = try start(outputFile, errorFile)
    // While it is not waited for, no other process gets its number.
    var information = siginfo_t()
    while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    forget()
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else {
        throw ChildProcessError("hear of", program.path, code: errno)
      }
    }
    let signal = status & 0x7f
    // A program that has run out of space may have ended in silence, with half of what it had to say.
    if signal != SIGXFSZ { for file in [outputFile, errorFile] { try file?.checkSpace() } }
    return Outcome(
      output: try outputFile?.content() ?? Data(), errors: try errorFile?.content() ?? Data(),
      code: signal == 0 ? status >> 8 & 0xff : 128 + signal, signal: signal == 0 ? nil : signal)
  }

  private func start(
    _ output: NamelessFile?, _ errors: NamelessFile?
  ) throws(ChildProcessError) -> (process: pid_t, forget: @Sendable () -> Void) {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (file, place) in [(output, STDOUT_FILENO), (errors, STDERR_FILENO)] {
      guard let file else { continue }
      posix_spawn_file_actions_adddup2(&actions, file.descriptor, place)
    }
    let environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
    var (ending, mask) = (sigset_t(), sigset_t())
    sigemptyset(&ending)
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&ending, number) }
    pthread_sigmask(SIG_BLOCK, &ending, &mask)
    defer { pthread_sigmask(SIG_SETMASK, &mask, nil) }
    // The threads of a pool block signals; a program that they start must hear them.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for number in defaultSignals { sigaddset(&defaults, number) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    // What was printed so far must come before what the other prints.
    fflush(nil)
    var process = pid_t()
    let code = withCStrings([program.path] + arguments) { arguments in
      withCStrings(environment.map { "\($0)=\($1)" }) { environment in
        posix_spawn(&process, program.path, &actions, &attributes, arguments, environment)
      }
    }
    guard code == 0 else { throw ChildProcessError("start", program.path, code: code) }
    return (process, watch(process))
  }
}

/// Why a program could not be started, or its output not be collected.
package struct ChildProcessError: Error, Equatable, CustomStringConvertible {
  /// What could not be done, and the system's reason.
  package let description: String

  init(_ action: String, _ object: String, code: Int32) {
    description = "cannot \(action) \(object): \(String(cString: strerror(code)))"
  }

  /// A folder for temporary files that has no space, or in which this user may take no more.
  init(noSpaceIn folder: URL) {
    description =
      "no space left in \(folder.path), where temporary files go; free some, or name another "
      + "folder in TMPDIR"
  }
}

/// Does something with strings as C wants them: an array that ends with nothing.
private func withCStrings<Value>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
) -> Value {
  let pointers = strings.map { strdup($0) }
  defer { for pointer in pointers { free(pointer) } }
  return body(pointers + [nil])
}
