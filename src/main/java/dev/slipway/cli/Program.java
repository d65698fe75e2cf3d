package dev.slipway.cli;

import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.fault.FaultBoard;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the command line asks of the rest of the program. The composition root implements it.
public interface Program {
    /// Opens the world the options name.
    ///
    /// @throws dev.slipway.domain.InputException when they name none, or a file is wrong
    Session open(CommonOptions options, Output output);

    /// Runs a sandbox in the foreground until it is ended; its first line on standard output is the
    /// world file.
    int sandbox(CommonOptions options, SandboxOptions sandbox, Output output);

    /// The switches of a sandbox that runs: that of `--world`, else that of the home. Starts none.
    ///
    /// @throws dev.slipway.domain.InputException when none runs
    FaultBoard faults(CommonOptions options);

    /// Checks a token by calls and stores it.
    ///
    /// @return what it may do, one sentence for each permission
    List<TokenLine> connect(CommonOptions options, Provider provider, Secret token, Output output);

    /// Keeps the details of something that went wrong inside Slipway where only its owner may read
    /// them.
    ///
    /// @param code what the person is told
    /// @return where they are; empty when they cannot be kept
    Optional<Path> keepProblem(CommonOptions options, String code, String details);

    /// Opens the window and returns when it was closed.
    int window(CommonOptions options, Output output);

    /// Renders every view and wizard page.
    ///
    /// @return the files that were written
    List<Path> screens(
            CommonOptions options,
            Path folder,
            int width,
            int height,
            Optional<String> theme,
            Output output);

    /// One permission of a token.
    ///
    /// @param state `granted`, `missing` or `not-testable`
    record TokenLine(String permission, String state, String use) {}

    /// What `sandbox` was given.
    record SandboxOptions(
            Optional<Path> repository,
            Optional<String> production,
            List<String> pullRequests,
            Optional<String> migrations,
            Optional<String> base,
            double speed) {
        public SandboxOptions {
            pullRequests = List.copyOf(pullRequests);
        }
    }
}
