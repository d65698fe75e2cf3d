package dev.slipway.sandbox.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Issues, comments, labels and releases: what people write.
public final class GitHubIssues {
    private final GitHubCore core;
    private final GitHubAccounts accounts;
    private final Supplier<Integer> numbers;
    private final GitHubTable<Issue> issues;
    private final GitHubTable<Comment> comments;
    private final GitHubTable<Label> labels;
    private final GitHubTable<Release> releases;

    /// An issue that is not a pull request.
    public record Issue(
            int number,
            long id,
            String title,
            String body,
            String author,
            boolean open,
            List<String> labels,
            Instant createdAt,
            Instant updatedAt,
            Optional<Instant> closedAt) {
        public Issue {
            labels = List.copyOf(labels);
        }
    }

    /// A comment under an issue or pull request.
    public record Comment(
            long id,
            int number,
            String author,
            String body,
            Instant createdAt,
            Instant updatedAt) {}

    /// A label.
    ///
    /// @param color six hexadecimal digits
    public record Label(long id, String name, String color, String description) {}

    /// A release.
    public record Release(
            long id,
            String tag,
            String target,
            String name,
            String body,
            boolean draft,
            boolean prerelease,
            String author,
            Instant createdAt,
            Optional<Instant> publishedAt) {}

    GitHubIssues(GitHubCore core, GitHubAccounts accounts, Supplier<Integer> numbers) {
        this.core = core;
        this.accounts = accounts;
        this.numbers = numbers;
        this.issues = core.table("issue", Issue.class, Issue::number);
        this.comments = core.table("comment", Comment.class, Comment::id);
        this.labels = core.table("label", Label.class, Label::id);
        this.releases = core.table("release", Release.class, Release::id);
    }

    int highest() {
        return (int) issues.highest();
    }

    // ---- issues

    /// The issue of this number.
    public Optional<Issue> issue(int number) {
        return issues.get(number);
    }

    /// Issues by number.
    public List<Issue> issues() {
        return issues.all();
    }

    /// Opens an issue.
    public Issue open(String title, String body, String author, List<String> with) {
        return core.change(() -> {
            accounts.person(author);
            with.forEach(this::labelled);
            var now = core.now();
            return issues.put(
                    new Issue(
                            numbers.get(),
                            core.nextId(),
                            title,
                            body,
                            author,
                            true,
                            with,
                            now,
                            now,
                            Optional.empty()));
        });
    }

    /// Changes an issue.
    public Issue edit(int number, String title, String body, boolean open, List<String> with) {
        return core.change(() -> {
            var old = issues.get(number).orElseThrow(GitHubRefusal::notFound);
            with.forEach(this::labelled);
            var now = core.now();
            return issues.put(
                    new Issue(
                            number,
                            old.id(),
                            title,
                            body,
                            old.author(),
                            open,
                            with,
                            old.createdAt(),
                            now,
                            open ? Optional.empty() : old.closedAt().or(() -> Optional.of(now))));
        });
    }

    // ---- comments

    /// Comments under a number, oldest first.
    public List<Comment> comments(int number) {
        return comments.where(c -> c.number() == number);
    }

    /// A comment of this id.
    public Optional<Comment> comment(long id) {
        return comments.get(id);
    }

    /// Writes a comment.
    public Comment write(int number, String author, String body) {
        return core.change(() -> {
            accounts.person(author);
            var now = core.now();
            return comments.put(new Comment(core.nextId(), number, author, body, now, now));
        });
    }

    /// Changes a comment.
    public Comment rewrite(long id, String body) {
        return core.change(() -> {
            var old = comments.get(id).orElseThrow(GitHubRefusal::notFound);
            return comments.put(
                    new Comment(id, old.number(), old.author(), body, old.createdAt(), core.now()));
        });
    }

    /// Removes a comment.
    public void erase(long id) {
        core.change(() -> {
            comments.remove(id);
            return id;
        });
    }

    // ---- labels

    /// Labels by age.
    public List<Label> labels() {
        return labels.all();
    }

    /// The label of this name; an unknown one is made, grey.
    public Label labelled(String name) {
        return labels.where(l -> l.name().equalsIgnoreCase(name)).stream()
                .findFirst()
                .orElseGet(() -> label(name, "ededed", ""));
    }

    /// Makes a label.
    ///
    /// @throws GitHubRefusal 422 when there is one of this name
    public Label label(String name, String color, String description) {
        return core.change(() -> {
            if (labels.all().stream().anyMatch(l -> l.name().equalsIgnoreCase(name))) {
                throw GitHubRefusal.invalid("Label", "name", "already_exists");
            }
            return labels.put(new Label(core.nextId(), name, color, description));
        });
    }

    // ---- releases

    /// Releases, newest first.
    public List<Release> releases() {
        return releases.all().reversed();
    }

    /// Publishes or drafts a release; one of the same id is replaced.
    public Release release(
            Optional<Long> id,
            String tag,
            String target,
            String name,
            String body,
            boolean draft,
            boolean prerelease,
            String author) {
        return core.change(() -> {
            var old = id.map(i -> releases.get(i).orElseThrow(GitHubRefusal::notFound));
            var twins = new ArrayList<>(releases.where(r -> r.tag().equals(tag) && !r.draft()));
            old.ifPresent(twins::remove);
            if (!twins.isEmpty() && !draft) {
                throw GitHubRefusal.invalid("Release", "tag_name", "already_exists");
            }
            var now = core.now();
            return releases.put(
                    new Release(
                            id.orElseGet(core::nextId),
                            tag,
                            target,
                            name,
                            body,
                            draft,
                            prerelease,
                            old.map(Release::author).orElse(author),
                            old.map(Release::createdAt).orElse(now),
                            draft
                                    ? Optional.empty()
                                    : old.flatMap(Release::publishedAt)
                                            .or(() -> Optional.of(now))));
        });
    }
}
