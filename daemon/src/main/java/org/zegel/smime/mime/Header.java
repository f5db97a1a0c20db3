package org.zegel.smime.mime;

import java.util.List;
import java.util.Optional;

/** The header fields of one entity, in their order. */
public record Header(List<HeaderField> fields) {
    public Header {
        fields = List.copyOf(fields);
    }

    /** The first field of that name. */
    public Optional<HeaderField> first(String name) {
        return fields.stream().filter(field -> field.is(name)).findFirst();
    }

    /** All fields of that name, in their order. */
    public List<HeaderField> all(String name) {
        return fields.stream().filter(field -> field.is(name)).toList();
    }

    /** Content-Disposition, empty when there is none. */
    public Optional<ParameterizedValue> disposition() {
        return first("Content-Disposition").map(field -> ParameterizedValue.parse(field.value()));
    }
}
