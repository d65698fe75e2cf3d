/// The one transport: reads with caching and back-off, changes sent exactly once, budgets, and
/// what became of every call as a typed failure. No type of the HTTP library leaves this package.
@NullMarked
package dev.slipway.http;

import org.jspecify.annotations.NullMarked;
