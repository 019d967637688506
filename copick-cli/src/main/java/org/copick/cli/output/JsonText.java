package org.copick.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;

/** JSON for programs: parsing it gives the very strings that are stored, whatever characters they hold. */
public final class JsonText {
    private JsonText() {}

    public static void print(PrintWriter out, JsonNode json) {
        try {
            out.print(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
        out.println();
    }
}
