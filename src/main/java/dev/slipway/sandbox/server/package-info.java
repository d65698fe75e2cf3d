/// The skins of the sandbox: HTTP, DNS and Postgres on loopback over the rules in `world`.
@NullMarked
package dev.slipway.sandbox.server;

import org.jspecify.annotations.NullMarked;
