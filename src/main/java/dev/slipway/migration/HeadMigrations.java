package dev.slipway.migration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a commit's migrations would do to a ledger, told from names and times alone: cheap enough for
/// every open pull request, and not enough to run anything. An edited file does not show.
///
/// @param pending tags Drizzle would run
/// @param skipped tags it never will, because something newer ran
public record HeadMigrations(List<String> pending, List<String> skipped) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern STAMPED = Pattern.compile("[0-9]{14}_.+");

    public HeadMigrations {
        pending = List.copyOf(pending);
        skipped = List.copyOf(skipped);
    }

    /// The path whose content [#read] needs: the journal of the older layout, the folder itself of the
    /// newer one.
    public static String path(String folder, Layout layout) {
        return layout == Layout.JOURNAL ? folder + "/meta/_journal.json" : folder;
    }

    /// Compares.
    ///
    /// @param ledger rows of the database, as compared with the base branch
    /// @param text the journal's text, for the older layout
    /// @param names the folder's entries, for the newer layout
    /// @return empty when the commit has no such folder
    public static Optional<HeadMigrations> read(
            Layout layout, LedgerState ledger, Optional<String> text, List<String> names) {
        return layout == Layout.JOURNAL
                ? text.flatMap(journal -> journal(journal, ledger))
                : names.isEmpty() ? Optional.empty() : Optional.of(named(names, ledger));
    }

    private static Optional<HeadMigrations> journal(String text, LedgerState ledger) {
        var ran = new HashSet<Long>();
        rows(ledger).forEach(row -> row.createdAt().ifPresent(ran::add));
        var newest = ran.stream().max(Long::compare).orElse(Long.MIN_VALUE);
        var pending = new ArrayList<String>();
        var skipped = new ArrayList<String>();
        try {
            for (var entry : JSON.readTree(text).path("entries")) {
                var when = entry.path("when").asLong(0);
                var tag = entry.path("tag").asString("?");
                if (when > newest) {
                    pending.add(tag);
                } else if (!ran.contains(when)) {
                    skipped.add(tag);
                }
            }
        } catch (JacksonException e) {
            return Optional.empty();
        }
        return Optional.of(new HeadMigrations(pending, skipped));
    }

    private static HeadMigrations named(List<String> names, LedgerState ledger) {
        var ran = new HashSet<String>();
        rows(ledger).forEach(row -> row.name().ifPresent(ran::add));
        return new HeadMigrations(
                names.stream()
                        .filter(name -> STAMPED.matcher(name).matches())
                        .filter(name -> !ran.contains(name))
                        .sorted()
                        .toList(),
                List.of());
    }

    private static List<Ledger.Row> rows(LedgerState ledger) {
        var rows = new ArrayList<>(ledger.unknown());
        ledger.entries().forEach(entry -> entry.row().ifPresent(rows::add));
        return rows;
    }
}
