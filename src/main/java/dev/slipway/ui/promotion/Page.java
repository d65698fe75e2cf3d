package dev.slipway.ui.promotion;

import java.util.List;

/// The pages of a promotion, in order.
public enum Page {
    CHOOSE("Choose"),
    PREFLIGHT("Preflight"),
    REHEARSE("Rehearse"),
    PLAN("Plan"),
    CONFIRM("Confirm"),
    RUN("Run"),
    RESULT("Result");

    private static final List<Page> ALL = List.of(values());

    private final String title;

    Page(String title) {
        this.title = title;
    }

    /// The page at `index` from 0, as the rail counts.
    static Page at(int index) {
        return ALL.get(index);
    }

    /// Its number, from 1.
    int number() {
        return ALL.indexOf(this) + 1;
    }

    /// The page after it; the last one stays.
    Page next() {
        return ALL.get(Math.min(ALL.size() - 1, ALL.indexOf(this) + 1));
    }

    /// The page before it; the first one stays.
    Page before() {
        return ALL.get(Math.max(0, ALL.indexOf(this) - 1));
    }

    /// As people read it.
    public String title() {
        return title;
    }
}
