/// Connections to Postgres under the policy of the world, and what Slipway asks of a server beside
/// the application's own data: who is connected, how a transaction ended, who holds the fence.
@NullMarked
package dev.slipway.postgres;

import org.jspecify.annotations.NullMarked;
