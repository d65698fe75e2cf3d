package dev.slipway.ui.kit;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/// The pictures in use, by what they mean here.
public enum Icon {
    PREVIEWS(Octicons.GIT_PULL_REQUEST_16),
    PRODUCTION(Octicons.SHIELD_16),
    PRODUCTION_CONFIRMED(Octicons.SHIELD_CHECK_16),
    OPERATIONS(Octicons.ROCKET_16),
    LOGS(Octicons.TERMINAL_16),
    HISTORY_VIEW(Octicons.GRAPH_16),
    ORPHANS(Octicons.TRASH_16),
    AUDIT(Octicons.WORKFLOW_16),
    COSTS(Octicons.METER_16),
    SECRETS(Octicons.KEY_16),
    SETTINGS(Octicons.GEAR_16),
    ABOUT(Octicons.INFO_16),

    OK(Octicons.CHECK_CIRCLE_FILL_16),
    FAILED(Octicons.X_CIRCLE_FILL_16),
    ATTENTION(Octicons.ALERT_16),
    RUNNING(Octicons.SYNC_16),
    WAITING(Octicons.CLOCK_16),
    PAUSED(Feather.PAUSE_CIRCLE),
    LIVE(Octicons.BROADCAST_16),
    UNKNOWN(Octicons.QUESTION_16),
    STALE(Octicons.HISTORY_16),
    NOT_CREATED(Octicons.CIRCLE_16),
    MISSING(Octicons.CIRCLE_SLASH_16),
    SKIPPED(Octicons.SKIP_16),
    WAIVED(Octicons.LAW_16),
    BLOCKED(Octicons.NO_ENTRY_16),
    OFFLINE(Feather.CLOUD_OFF),
    SUPERSEDED(Octicons.VERSIONS_16),

    LOCK(Octicons.LOCK_16),
    UNLOCK(Octicons.UNLOCK_16),
    CHECK(Octicons.CHECK_16),
    CLOSE(Octicons.X_16),
    SEARCH(Octicons.SEARCH_16),
    FILTER(Octicons.FILTER_16),
    REFRESH(Octicons.SYNC_16),
    SORT(Octicons.SORT_DESC_16),
    COLUMNS(Octicons.COLUMNS_16),
    BELL(Octicons.BELL_16),
    HELP(Octicons.QUESTION_16),
    SANDBOX(Octicons.BEAKER_16),
    CONNECT(Octicons.PLUG_16),
    REPOSITORY(Octicons.REPO_16),
    TASKS(Octicons.CHECKLIST_16),
    CHEVRON_UP(Octicons.CHEVRON_UP_16),
    CHEVRON_DOWN(Octicons.CHEVRON_DOWN_16),
    CHEVRON_RIGHT(Octicons.CHEVRON_RIGHT_16),
    ARROW_DOWN(Octicons.ARROW_DOWN_16),
    MORE(Octicons.KEBAB_HORIZONTAL_16),
    EXTERNAL(Octicons.LINK_EXTERNAL_16),
    COPY(Octicons.CLIPPY_16),
    UNDO(Octicons.REPLY_16),
    SAVE(Octicons.DOWNLOAD_16),
    INFO(Octicons.INFO_16),
    HINT(Octicons.LIGHT_BULB_16),
    NOTHING_CHANGED(Octicons.EYE_16),
    DOT(Octicons.DOT_FILL_16),
    DATABASE(Octicons.DATABASE_16),
    WORKER(Octicons.SERVER_16),
    DNS(Octicons.GLOBE_16),
    BRANCH(Octicons.GIT_BRANCH_16),
    COMMIT(Octicons.GIT_COMMIT_16),
    MERGE(Octicons.GIT_MERGE_16),
    DRAFT(Octicons.GIT_PULL_REQUEST_DRAFT_16),
    FORK(Octicons.REPO_FORKED_16),
    TAG(Octicons.TAG_16),
    ARCHIVE(Octicons.ARCHIVE_16),
    GITHUB(Octicons.MARK_GITHUB_16),
    PERSON(Octicons.PERSON_16),
    PLAY(Octicons.PLAY_16),
    STOP(Octicons.STOP_16),
    PIN(Octicons.PIN_16);

    // Every Ikon in use is an enum constant, which the checker cannot know.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Ikon glyph;

    Icon(Ikon glyph) {
        this.glyph = glyph;
    }

    /// A new node, 16 px, in the muted tone.
    public FontIcon node() {
        return node(16);
    }

    /// A new node of `size` px: 12, 14, 16, 20 or 24.
    public FontIcon node(int size) {
        var icon = new FontIcon(glyph);
        icon.setIconSize(size);
        // The theme's size is meant for 16 and would win over the one set here.
        icon.getStyleClass().add("icon-" + size);
        return icon;
    }

    /// A new node, 16 px, in `tone`.
    public FontIcon node(Tone tone) {
        var icon = node();
        tone.on(icon);
        return icon;
    }
}
