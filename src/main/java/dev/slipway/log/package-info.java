/// One clock and one list for everything that is worth a line: health looks, migrations, CI,
/// operations. Rows are typed, masked before they are stored, held in a bounded ring, and written to
/// a file; readers follow from where they are. What is lost is a row, never silence.
@NullMarked
package dev.slipway.log;

import org.jspecify.annotations.NullMarked;
