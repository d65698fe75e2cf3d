/// A world of one's own: real Git, real Postgres, real DNS and HTTP on loopback that behave like
/// GitHub, Neon and Cloudflare. Explore, practise, test. Sees the domain only, never an adapter, so
/// that client and sandbox cannot share a misreading.
@NullMarked
package dev.slipway.sandbox;

import org.jspecify.annotations.NullMarked;
