/// The command line: the same services as the window, for terminals and scripts. Its options, JSON
/// shapes and exit codes are a contract, written down in docs/cli.md.
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
