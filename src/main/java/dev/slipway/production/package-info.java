/// What production runs now: code, traffic, schema, health, and whether they fit.
@NullMarked
package dev.slipway.production;

import org.jspecify.annotations.NullMarked;
