/// The parts every view is made of: words with icon and tone, gates, steps, health, fields, tables,
/// dialogs, the way to the FX thread and back. Each part has a role, a spoken text, and works from
/// the keyboard. Knows no feature.
///
/// Style classes for use in FXML: `page-title section-title card-title hero strong caption mono
/// mono-strong muted subtle`, `card`, `inset`, `page`, `tone-success` and the other tones, and on
/// buttons `accent danger production flat small icon-only strong`, with `filled` for danger.
@NullMarked
package dev.slipway.ui.kit;

import org.jspecify.annotations.NullMarked;
