/// What Slipway reads from and changes at one Cloudflare account: Workers, their versions and
/// deployments, and DNS records.
@NullMarked
package dev.slipway.cloudflare;

import org.jspecify.annotations.NullMarked;
