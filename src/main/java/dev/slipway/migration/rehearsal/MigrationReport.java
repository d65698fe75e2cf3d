package dev.slipway.migration.rehearsal;

import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.migration.catalog.Finding;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What one migration did.
///
/// @param findings what it means to the code that is live, from catalogs and rows
public record MigrationReport(
        String tag, List<StatementReport> statements, List<Finding> findings) {
    public MigrationReport {
        statements = List.copyOf(statements);
        findings = List.copyOf(findings);
    }

    /// The classes of what live code may meet: rows that change only in columns which are new are left
    /// out. EXPAND alone when nothing is left.
    public Set<ChangeClass> met() {
        var classes = new TreeSet<ChangeClass>();
        findings.stream()
                .filter(finding -> !finding.unread())
                .forEach(finding -> classes.add(finding.change()));
        if (classes.isEmpty()) {
            classes.add(ChangeClass.EXPAND);
        }
        return classes;
    }

    /// The classes it carries; EXPAND alone when there is nothing to say.
    public Set<ChangeClass> classes() {
        var classes = new TreeSet<ChangeClass>();
        findings.forEach(finding -> classes.add(finding.change()));
        if (classes.isEmpty()) {
            classes.add(ChangeClass.EXPAND);
        }
        return classes;
    }
}
