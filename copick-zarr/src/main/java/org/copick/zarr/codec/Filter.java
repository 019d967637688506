package org.copick.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteOrder;
import java.util.Optional;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;

/** A codec that changes numbers rather than bytes. */
interface Filter extends Codec {
    /** Returns the type of the stored numbers. */
    NumpyType stored();

    /** Returns this filter with another byte order. Version 3 gives one byte order for the whole array. */
    Filter inOrder(ByteOrder order);

    /**
     * Returns a type in a filter's configuration.
     *
     * @param byDefault the type if the field is missing; empty if the field is required
     */
    static NumpyType type(String codec, JsonNode config, String field, Optional<NumpyType> byDefault, String location) {
        JsonNode name = config.path(field);
        if ((name.isMissingNode() || name.isNull()) && byDefault.isPresent()) {
            return byDefault.get();
        }
        String text = name.asText();
        String shown = text.length() > 20 ? "absurd" : text;
        Optional<NumpyType> type = NumpyType.parse(text).filter(each -> each.kind() != 'b');
        if (type.isPresent()) {
            return type.get();
        }
        if (text.matches("[<>=|]?[a-zA-Z?][a-zA-Z]*[0-9]*")) {
            throw new UnsupportedFeatureException(
                    "unsupported codec \"" + codec + "\" of " + field + " \"" + shown + "\" in " + location);
        }
        throw new CorruptDataException(location + ": the " + field + " of codec " + codec + " is " + shown);
    }

    /** Returns the number of stored elements, after checking that they are complete and fit into {@code room} bytes. */
    static int elements(String codec, Slice packed, NumpyType stored, NumpyType decoded, int room)
            throws CodecException {
        int elements = packed.length() / stored.bytes();
        if (packed.length() % stored.bytes() != 0 || (long) elements * decoded.bytes() > room) {
            throw new CodecException(
                    codec + ": " + packed.length() + " bytes are not " + room / decoded.bytes() + " elements");
        }
        return elements;
    }
}
