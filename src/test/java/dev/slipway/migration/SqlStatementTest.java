package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlStatementTest {
    @Test
    void onlySemicolonsBetweenStatementsCount() {
        assertThat(
                        SqlStatement.split(
                                """
                                -- one; comment
                                select ';' , E'\\';' , "a;""b", $$;$$, $x$ $$;$$ $x$, $1; /* ; /* ; */ ; */
                                select 2 /* no end */ ;;
                                create function f() returns int begin atomic select case 1 when 1 then 2 end; select 3; end;
                                create rule r as on insert to t do (select 1; select 2);
                                select U&'d\\0061;' -- last
                                """))
                .extracting(SqlStatement::sql)
                .containsExactly(
                        "select ';' , E'\\';' , \"a;\"\"b\", $$;$$, $x$ $$;$$ $x$, $1",
                        "select 2",
                        "create function f() returns int begin atomic select case 1 when 1 then 2"
                                + " end; select 3; end",
                        "create rule r as on insert to t do (select 1; select 2)",
                        "select U&'d\\0061;'");
    }

    @Test
    void aTextOfCommentsHasNoStatement() {
        assertThat(SqlStatement.split("-- Custom SQL migration file, put your code below! --"))
                .isEmpty();
        assertThat(SqlStatement.split("")).isEmpty();
    }

    @Test
    void aCarriageReturnEndsAComment() {
        assertThat(SqlStatement.split("select 1 -- hidden\rfrom t; select 2"))
                .extracting(SqlStatement::sql)
                .containsExactly("select 1 -- hidden\rfrom t", "select 2");
    }

    @Test
    void aBackslashEscapesOnlyInStringsThatSaySo() {
        assertThat(SqlStatement.split("select 'a\\'; drop table t; --'")).hasSize(2);
        assertThat(SqlStatement.split("select e'a\\'; drop table t; --'")).hasSize(1);
    }
}
