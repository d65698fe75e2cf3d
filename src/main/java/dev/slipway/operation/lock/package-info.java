/// One writer across machines: the production lock is a chain of commits on a git ref, moved only
/// by compare-and-set and never deleted. Expired does not mean free, and nothing is stolen.
@NullMarked
package dev.slipway.operation.lock;

import org.jspecify.annotations.NullMarked;
