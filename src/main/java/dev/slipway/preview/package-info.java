/// What belongs to each open pull request, joined from one reading of each provider, with the age of
/// every part. A provider that does not answer leaves the others' parts as they are.
@NullMarked
package dev.slipway.preview;

import org.jspecify.annotations.NullMarked;
