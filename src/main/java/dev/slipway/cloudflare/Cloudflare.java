package dev.slipway.cloudflare;

import dev.slipway.http.Purpose;
import java.util.List;
import java.util.Optional;

/// One account at Cloudflare.
///
/// Every method blocks until it has an answer and throws
/// [dev.slipway.domain.FailureException] when it has none. Methods that change something say so,
/// and must run inside [dev.slipway.http.Wire#during].
public interface Cloudflare {
    /// The same account, its calls made for `purpose`; without this they are
    /// [Purpose#FOREGROUND].
    Cloudflare as(Purpose purpose);

    /// The account's id.
    String account();

    /// What Cloudflare says about the token.
    TokenStatus token();

    /// Every Worker of the account, in one call.
    List<Script> scripts();

    /// The versions of a Worker, newest first; Cloudflare deploys the newest hundred only.
    ///
    /// @param script name
    /// @param limit how many at most
    List<Version> versions(String script, int limit);

    /// One version with its bindings, empty when there is none.
    Optional<VersionDetail> version(String script, String id);

    /// Whether what versions are bound to is there. A token needs a right for it, see
    /// [Resource.Kind#permission].
    boolean has(Resource resource);

    /// The code of a version.
    VersionCode code(String script, String version);

    /// Changes: makes a Worker, or a new version of one that exists, and gives it all traffic that
    /// reaches it. The caller has made sure that there is none of that name.
    ///
    /// @return the id of the version, empty when Cloudflare does not say it
    Optional<String> createScript(NewScript script);

    /// Changes: makes a further version of a Worker, which gets no traffic.
    ///
    /// @return its id
    String uploadVersion(NewVersion version);

    /// Changes: lets a Worker answer at `<worker>.<subdomain>.workers.dev`, its versions nowhere else.
    void onWorkersDev(String script);

    /// Changes: deletes a Worker with all its versions; nothing happens when there is none. The caller
    /// has made sure that it is one of ours. Cloudflare refuses one that others are bound to.
    void deleteScript(String name);

    /// The deployments of a Worker, newest first. The first one is live. Empty when it has none,
    /// and a [dev.slipway.domain.Failure.NotFound] when there is no such Worker.
    List<Deployment> deployments(String script);

    /// The live deployment of a Worker as of the last time the list of Workers showed a change in
    /// it, at most ten minutes old: for lists with many rows, free of charge for Workers that stay
    /// as they are. Whoever decides something asks [#deployments].
    Optional<Deployment> deploymentOf(Script script);

    /// Changes: makes the given versions live.
    ///
    /// @param shares versions with their part of the traffic, together 100
    /// @param message stored with the deployment, at most 1,000 bytes
    Deployment deploy(String script, List<Share> shares, String message);

    /// The names of a Worker's secrets. Their values cannot be read.
    List<String> secretNames(String script);

    /// The zones the token can see.
    List<Zone> zones();

    /// Every DNS record of a zone.
    ///
    /// @param zone id
    List<DnsRecord> dnsRecords(String zone);

    /// The hostnames that lead to Workers of the account.
    List<CustomDomain> customDomains();

    /// The routes of a zone.
    ///
    /// @param zone id
    List<Route> routes(String zone);

    /// Changes: sends requests to a Worker. Cloudflare refuses a pattern that has a route.
    ///
    /// @param zone id
    void addRoute(String zone, String pattern, String script);

    /// Changes: gives a route to another Worker.
    ///
    /// @param zone id
    void setRoute(String zone, Route route);

    /// Changes: takes a route away.
    ///
    /// @param zone id
    void removeRoute(String zone, String id);

    /// The account's part of `<worker>.<subdomain>.workers.dev`, empty when it has none.
    Optional<String> subdomain();
}
