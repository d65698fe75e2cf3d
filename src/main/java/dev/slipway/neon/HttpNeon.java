package dev.slipway.neon;

import dev.slipway.domain.Secret;
import dev.slipway.http.Answer;
import dev.slipway.http.Json;
import dev.slipway.http.Purpose;
import dev.slipway.http.Transport;
import dev.slipway.neon.NeonApi.Page;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Neon over its REST interface.
public final class HttpNeon implements Neon {
    private static final int BRANCHES = 10_000;
    private static final int OPERATIONS = 1_000;

    private final NeonApi api;

    /// The project `id` over `transport`.
    public HttpNeon(Transport transport, String id) {
        this(new NeonApi(transport, id, Purpose.FOREGROUND));
    }

    private HttpNeon(NeonApi api) {
        this.api = api;
    }

    @Override
    public Neon as(Purpose purpose) {
        return new HttpNeon(new NeonApi(api.transport(), api.project(), purpose));
    }

    @Override
    public String project() {
        return api.project();
    }

    @Override
    public Project read() {
        return api.transport().read(api.get(""), a -> Shapes.project(a.json().get("project")));
    }

    @Override
    public List<Branch> branches() {
        return api.pages(
                api.get("/branches").with("limit", BRANCHES), Integer.MAX_VALUE, HttpNeon::page);
    }

    private static Page<Branch> page(Json json) {
        var annotations = json.find("annotations").map(Json::members).orElse(Map.of());
        return new Page<>(
                json.list("branches").stream()
                        .map(b ->
                                Shapes.branch(
                                        b,
                                        Shapes.annotation(
                                                Optional.ofNullable(
                                                        annotations.get(b.text("id"))))))
                        .toList(),
                json.find("pagination").flatMap(p -> p.someText("next")));
    }

    @Override
    public Optional<Branch> branch(String id) {
        return api.transport()
                .find(
                        api.get("/branches/{branch}", id),
                        a ->
                                Shapes.branch(
                                        a.json().get("branch"),
                                        Shapes.annotation(a.json().find("annotation"))));
    }

    @Override
    public List<Endpoint> endpoints() {
        return api.transport()
                .read(
                        api.get("/endpoints"),
                        a -> a.json().list("endpoints").stream().map(Shapes::endpoint).toList());
    }

    @Override
    public List<Operation> operations() {
        return api.transport()
                .read(api.get("/operations").with("limit", OPERATIONS), HttpNeon::operations);
    }

    @Override
    public Operation operation(String id) {
        return api.transport()
                .read(
                        api.get("/operations/{operation}", id),
                        a -> Shapes.operation(a.json().get("operation")));
    }

    @Override
    public List<Database> databases(String branch) {
        return api.transport()
                .read(
                        api.get("/branches/{branch}/databases", branch),
                        a ->
                                a.json().list("databases").stream()
                                        .map(d ->
                                                new Database(d.text("name"), d.text("owner_name")))
                                        .toList());
    }

    @Override
    public List<Role> roles(String branch) {
        return api.transport()
                .read(
                        api.get("/branches/{branch}/roles", branch),
                        a ->
                                a.json().list("roles").stream()
                                        .map(r ->
                                                new Role(
                                                        r.text("name"), r.flag("protected", false)))
                                        .toList());
    }

    @Override
    public Secret connection(String branch, String database, String role) {
        var uri =
                api.transport()
                        .read(
                                api.call("GET", "/connection_uri")
                                        .with("branch_id", branch)
                                        .with("database_name", database)
                                        .with("role_name", role)
                                        .with("pooled", false),
                                a -> direct(a.json().uri("uri")));
        learn(uri);
        return Secret.of(uri.toString());
    }

    @Override
    public String schema(String branch, String database, NewBranch.Point point) {
        var call =
                api.call("GET", "/branches/{branch}/schema", branch)
                        .with("db_name", database)
                        .with("format", "sql");
        var pinned =
                switch (point) {
                    case NewBranch.Point.Head _ -> call;
                    case NewBranch.Point.Lsn(var lsn) -> call.with("lsn", lsn);
                    case NewBranch.Point.Time(var at) -> call.with("timestamp", at.toString());
                };
        return api.transport().read(pinned, a -> a.json().text("sql"));
    }

    private static URI direct(URI uri) {
        if (uri.getHost() == null || uri.getHost().split("\\.", 2)[0].endsWith("-pooler")) {
            throw new Json.Unreadable("the connection string does not name the direct host");
        }
        return uri;
    }

    private void learn(URI uri) {
        var redaction = api.transport().redaction();
        redaction.learn(Secret.of(uri.toString()));
        var user = Optional.ofNullable(uri.getRawUserInfo()).orElse("");
        var password = user.substring(user.indexOf(':') + 1);
        redaction.learn(Secret.of(password));
        redaction.learn(Secret.of(URLDecoder.decode(password, StandardCharsets.UTF_8)));
    }

    @Override
    public CreatedBranch createBranch(NewBranch wanted) {
        return api.transport()
                .change(
                        api.call("POST", "/branches").body(body(wanted)),
                        a ->
                                new CreatedBranch(
                                        Shapes.branch(a.json().get("branch"), wanted.annotation()),
                                        a.json().listOrNone("endpoints").stream()
                                                .map(Shapes::endpoint)
                                                .toList(),
                                        operations(a)));
    }

    private static Map<String, Object> body(NewBranch wanted) {
        var branch = new LinkedHashMap<String, Object>();
        branch.put("name", wanted.name());
        branch.put("parent_id", wanted.parent());
        switch (wanted.point()) {
            case NewBranch.Point.Head _ -> {}
            case NewBranch.Point.Lsn(var lsn) -> branch.put("parent_lsn", lsn);
            case NewBranch.Point.Time(var at) -> branch.put("parent_timestamp", at.toString());
        }
        wanted.expires()
                .ifPresent(at ->
                        branch.put("expires_at", at.truncatedTo(ChronoUnit.SECONDS).toString()));
        var body = new LinkedHashMap<String, Object>();
        body.put("branch", branch);
        body.put("endpoints", wanted.compute() ? List.of(Map.of("type", "read_write")) : List.of());
        body.put("annotation_value", wanted.annotation());
        return body;
    }

    @Override
    public List<Operation> restore(BranchRestore restore) {
        var body = new LinkedHashMap<String, Object>();
        body.put("source_branch_id", restore.source());
        switch (restore.point()) {
            case NewBranch.Point.Head _ -> {}
            case NewBranch.Point.Lsn(var lsn) -> body.put("source_lsn", lsn);
            case NewBranch.Point.Time(var at) -> body.put("source_timestamp", at.toString());
        }
        body.put("preserve_under_name", restore.backup());
        return api.transport()
                .change(
                        api.call("POST", "/branches/{branch}/restore", restore.branch()).body(body),
                        HttpNeon::operations);
    }

    @Override
    public void protect(String id, boolean isProtected) {
        api.transport()
                .change(
                        api.call("PATCH", "/branches/{branch}", id)
                                .body(Map.of("branch", Map.of("protected", isProtected))),
                        HttpNeon::operations);
    }

    @Override
    public List<Operation> deleteBranch(String id) {
        return api.transport()
                .change(
                        api.call("DELETE", "/branches/{branch}", id),
                        a -> a.status() == 204 ? List.of() : operations(a));
    }

    private static List<Operation> operations(Answer answer) {
        return answer.json().list("operations").stream().map(Shapes::operation).toList();
    }
}
