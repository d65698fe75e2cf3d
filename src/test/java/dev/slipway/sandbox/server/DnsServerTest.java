package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.sandbox.world.CloudflareAccount.Delays;
import dev.slipway.sandbox.world.DnsRecord;
import dev.slipway.sandbox.world.DnsZone;
import dev.slipway.sandbox.world.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class DnsServerTest {
    @TempDir Path home;
    private CloudflareSandbox sandbox;

    @BeforeEach
    void start() {
        sandbox =
                new CloudflareSandbox(
                        home, new Delays(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(5)));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aRecordIsAnsweredOnceItHasPropagatedOverUdpAndTcp() throws IOException {
        record("A", "db.codex.test", "192.0.2.7", false);
        assertThat(ask("db.codex.test", Type.A, false).getRcode()).isEqualTo(Rcode.NXDOMAIN);

        sandbox.pass(Duration.ofSeconds(5));

        for (var tcp : List.of(false, true)) {
            var answer = ask("DB.codex.test", Type.A, tcp);
            assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
            assertThat(answer.getSection(Section.ANSWER).getFirst().rdataToString())
                    .isEqualTo("192.0.2.7");
            assertThat(answer.getSection(Section.ANSWER).getFirst().getTTL()).isEqualTo(300);
        }
    }

    @Test
    void aDeletedRecordIsAnsweredUntilTheDeletionHasPropagated() throws IOException {
        var record = record("TXT", "note.codex.test", "hello world", false);
        sandbox.pass(Duration.ofSeconds(5));
        sandbox.world.zone().delete(record.id());

        assertThat(answers("note.codex.test", Type.TXT)).containsExactly("\"hello world\"");
        sandbox.pass(Duration.ofSeconds(5));
        assertThat(ask("note.codex.test", Type.TXT, false).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void aProxiedNameAndACustomDomainHaveTheAddressOfTheEdge() throws IOException {
        sandbox.live("web", "v1");
        record("CNAME", "www.codex.test", "web.codex.test", true);
        sandbox.pass(Duration.ofSeconds(5));

        assertThat(answers("web.codex.test", Type.A)).containsExactly("127.0.0.1");
        assertThat(answers("www.codex.test", Type.A)).containsExactly("127.0.0.1");
        assertThat(answers("web.codex.workers.dev", Type.A)).containsExactly("127.0.0.1");
        assertThat(ask("www.codex.test", Type.CNAME, false).getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void aliasesAreFollowedInsideOurZones() throws IOException {
        record("CNAME", "a.codex.test", "b.codex.test", false);
        record("CNAME", "b.codex.test", "pr-1.codex.workers.dev", false);
        record("CNAME", "out.codex.test", "elsewhere.example", false);
        sandbox.pass(Duration.ofSeconds(5));

        assertThat(answers("a.codex.test", Type.A))
                .containsExactly("b.codex.test.", "pr-1.codex.workers.dev.", "127.0.0.1");
        assertThat(answers("out.codex.test", Type.A)).containsExactly("elsewhere.example.");
    }

    @Test
    void whatIsAbsentIsDeniedWithTheZonesSoa() throws IOException {
        record("A", "deep.under.codex.test", "192.0.2.1", false);
        sandbox.pass(Duration.ofSeconds(5));

        var missing = ask("nothing.codex.test", Type.A, false);
        assertThat(missing.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(missing.getSection(Section.AUTHORITY).getFirst().getType()).isEqualTo(Type.SOA);
        assertThat(missing.getHeader().getFlag(Flags.AA)).isTrue();
        var between = ask("under.codex.test", Type.A, false);
        assertThat(between.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(between.getSection(Section.AUTHORITY)).hasSize(1);
        assertThat(ask("codex.example", Type.A, false).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void wildcardsAnswerWhereNothingElseDoes() throws IOException {
        record("A", "*.previews.codex.test", "192.0.2.9", false);
        sandbox.pass(Duration.ofSeconds(5));

        assertThat(answers("pr-9.previews.codex.test", Type.A)).containsExactly("192.0.2.9");
    }

    @Test
    void anAnswerTooLongForADatagramIsAskedAgainOverTcp() throws IOException {
        sandbox.world
                .zone()
                .batch(
                        DnsZone.Batch.posts(
                                IntStream.range(0, 120)
                                        .mapToObj(i ->
                                                DnsRecord.of(
                                                        "A",
                                                        "many.codex.test",
                                                        "192.0.2." + i,
                                                        false,
                                                        ""))
                                        .toList()));
        sandbox.pass(Duration.ofSeconds(5));

        var truncated = resolver(false);
        truncated.setIgnoreTruncation(true);
        assertThat(send(truncated, "many.codex.test", Type.A).getHeader().getFlag(Flags.TC))
                .isTrue();
        assertThat(answers("many.codex.test", Type.A)).hasSize(120);
    }

    @Test
    void faultsMakeItFailInEveryWay() throws IOException {
        record("A", "db.codex.test", "192.0.2.7", false);
        sandbox.pass(Duration.ofSeconds(5));
        var next = Fault.Target.next(1, "dns", "A", "^db\\.");

        sandbox.faults.add(new Fault.Answer(next, Rcode.SERVFAIL, "", Optional.empty()));
        assertThat(ask("db.codex.test", Type.A, false).getRcode()).isEqualTo(Rcode.SERVFAIL);
        sandbox.faults.add(new Fault.Answer(next, Rcode.NXDOMAIN, "", Optional.empty()));
        assertThat(ask("db.codex.test", Type.A, false).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        sandbox.faults.add(new Fault.LoseRequest(next));
        var impatient = resolver(false);
        impatient.setTimeout(Duration.ofMillis(300));
        assertThatThrownBy(() -> send(impatient, "db.codex.test", Type.A))
                .isInstanceOf(IOException.class);
        sandbox.faults.add(new Fault.Truncate(next));
        assertThat(answers("db.codex.test", Type.A)).containsExactly("192.0.2.7");
    }

    private DnsRecord record(String type, String name, String content, boolean proxied) {
        return sandbox.world.zone().create(DnsRecord.of(type, name, content, proxied, ""));
    }

    private List<String> answers(String name, int type) throws IOException {
        return ask(name, type, false).getSection(Section.ANSWER).stream()
                .map(Record::rdataToString)
                .toList();
    }

    private Message ask(String name, int type, boolean tcp) throws IOException {
        return send(resolver(tcp), name, type);
    }

    private SimpleResolver resolver(boolean tcp) {
        var resolver = new SimpleResolver(sandbox.dns.address());
        resolver.setTCP(tcp);
        resolver.setTimeout(Duration.ofSeconds(5));
        return resolver;
    }

    private static Message send(SimpleResolver resolver, String name, int type) throws IOException {
        return resolver.send(
                Message.newQuery(Record.newRecord(Name.fromString(name + "."), type, DClass.IN)));
    }
}
