package dev.slipway.sandbox.server;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.util.Locale;
import java.util.regex.Pattern;

/// A scalar that travels as text of a given form.
record GitHubGraphQlScalar(String name, Pattern form) implements Coercing<String, String> {

    static GraphQLScalarType of(String name, String form) {
        return GraphQLScalarType.newScalar()
                .name(name)
                .coercing(new GitHubGraphQlScalar(name, Pattern.compile(form)))
                .build();
    }

    @Override
    public String serialize(Object value, GraphQLContext context, Locale locale) {
        return value.toString();
    }

    @Override
    public String parseValue(Object value, GraphQLContext context, Locale locale) {
        if (value instanceof String text && form.matcher(text).matches()) {
            return text;
        }
        throw new CoercingParseValueException(value + " is not a valid " + name);
    }

    @Override
    public String parseLiteral(
            Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
        var given = value instanceof StringValue text ? text.getValue() : null;
        if (given != null && form.matcher(given).matches()) {
            return given;
        }
        throw new CoercingParseLiteralException("not a valid " + name);
    }
}
