package dev.slipway.stack;

import java.util.List;
import java.util.Optional;

/// What one repository deploys: its Workers in order, its database, its zone. Written by people as
/// `slipway.yaml` (docs/slipway-yaml.md), always read from the base branch.
///
/// @param repository `owner/name` on GitHub
/// @param branch the base branch, from which production is released
/// @param environment name of the production environment: lower-case ASCII, part of lock and tag
/// @param workers in the order in which a promotion moves their traffic; at least one
/// @param freeze when nothing is promoted
/// @param restore what a restore of the database has to mind
public record Stack(
        String repository,
        String branch,
        String environment,
        List<StackWorker> workers,
        Database neon,
        Cloudflare cloudflare,
        Migrations migrations,
        Promotion promotion,
        Versions versions,
        List<IgnoredWorkflow> ignoredWorkflows,
        Policy policy,
        Freeze freeze,
        Restore restore) {

    public Stack {
        workers = List.copyOf(workers);
        ignoredWorkflows = List.copyOf(ignoredWorkflows);
    }

    /// The part of [#repository()] before the slash.
    public String owner() {
        return repository.substring(0, repository.indexOf('/'));
    }

    /// The part of [#repository()] after the slash.
    public String repositoryName() {
        return repository.substring(repository.indexOf('/') + 1);
    }

    /// The Worker people call `name`, when there is one.
    public Optional<StackWorker> worker(String name) {
        return workers.stream().filter(worker -> worker.name().equals(name)).findFirst();
    }

    /// Which names belong to which pull request.
    public PreviewNames previewNames() {
        return new PreviewNames(this);
    }

    /// Where the data is.
    ///
    /// @param project Neon project id
    /// @param branch name of the production branch
    /// @param database name of the database
    /// @param role the role that owns the schema and runs migrations
    /// @param previewBranch how the branch of a pull request is called; empty when previews have none
    public record Database(
            String project,
            String branch,
            String database,
            String role,
            Optional<NamePattern> previewBranch) {}

    /// Where the Workers and their names are.
    ///
    /// @param account Cloudflare account id, 32 hexadecimal digits; two accounts may hold a Worker of
    ///     the same name, so it is never guessed
    /// @param zone the DNS zone of the hostnames
    public record Cloudflare(String account, String zone) {}

    /// Where migrations are and where Drizzle writes them down.
    ///
    /// @param folder path in the repository, without a slash at either end
    /// @param schema schema of the ledger
    /// @param table table of the ledger
    public record Migrations(String folder, String schema, String table) {}

    /// How versions of the Workers come to be. Slipway never builds.
    public sealed interface Versions {
        /// Continuous integration uploads a tagged version for each commit of the base branch.
        record Upload() implements Versions {}

        /// Slipway starts this workflow, which builds and uploads.
        ///
        /// @param file name of the file under `.github/workflows`
        record Workflow(String file) implements Versions {}
    }

    /// A workflow that deploys or migrates and may stay.
    ///
    /// @param workflow name of the file under `.github/workflows`
    /// @param reason why it does no harm, a person's words
    public record IgnoredWorkflow(String workflow, String reason) {}

    /// What a restore of the database has to mind.
    ///
    /// @param precious tables of which no row may be lost unseen, `payments` or `shop.payments`
    /// @param maintenance script of the Worker that answers meanwhile; empty when there is none
    public record Restore(List<String> precious, Optional<String> maintenance) {
        /// What a stack gets that says nothing about it.
        public static final Restore NONE = new Restore(List.of(), Optional.empty());

        public Restore {
            precious = List.copyOf(precious);
        }

        /// Whether `schema.table` is one of the precious ones.
        public boolean minds(String schema, String table) {
            return precious.contains(table) || precious.contains(schema + "." + table);
        }
    }

    /// What a person may overrule.
    ///
    /// @param waivable ids of gates that may be waived with a reason
    /// @param approvals reviews that approve the head of the pull request, at least
    /// @param environmentApproval whether GitHub's environment of the same name must approve, too
    public record Policy(List<String> waivable, int approvals, boolean environmentApproval) {
        public Policy {
            waivable = List.copyOf(waivable);
        }
    }
}
