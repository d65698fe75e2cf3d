/// Real Postgres for the sandbox: clusters that die with the program, branches from any moment of
/// another's history by replaying its write-ahead log, and gateways whose ports outlive them.
@NullMarked
package dev.slipway.sandbox.postgres;

import org.jspecify.annotations.NullMarked;
