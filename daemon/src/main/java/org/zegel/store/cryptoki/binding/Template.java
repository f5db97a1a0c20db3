package org.zegel.store.cryptoki.binding;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.zegel.store.cryptoki.Attribute;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ReturnValue;

/** Arrays of CK_ATTRIBUTE: written as templates, and filled by the module. */
final class Template {
    /** Longer values are left out: no certificate is. */
    static final int LONGEST_VALUE = 64 * 1024;

    private final StructLayout layout;

    Template(Structures structures) {
        this.layout = structures.attribute();
    }

    /** A template with these values; numbers as {@link Attribute} has them. */
    Pointer write(Scratch scratch, Map<Long, byte[]> attributes) {
        Pointer array = scratch.zeros((long) layout.size() * attributes.size());
        int at = 0;
        for (Map.Entry<Long, byte[]> attribute : attributes.entrySet()) {
            byte[] value = toNative(scratch.model(), attribute.getKey(), attribute.getValue());
            scratch.put(array, at + layout.at("type"), attribute.getKey());
            array.setPointer(at + layout.at("pValue"), scratch.bytes(value));
            scratch.put(array, at + layout.at("ulValueLen"), value.length);
            at += layout.size();
        }
        return array;
    }

    /** What the object has and shows of these attributes. */
    Map<Long, byte[]> read(FunctionTable table, Scratch scratch, long session, long object, List<Long> wanted)
            throws ModuleFailure {
        Pointer lengths = scratch.zeros((long) layout.size() * wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            scratch.put(lengths, (long) i * layout.size() + layout.at("type"), wanted.get(i));
        }
        get(table, session, object, lengths, wanted.size());
        List<Long> present = new ArrayList<>();
        List<Pointer> places = new ArrayList<>();
        Pointer values = scratch.zeros((long) layout.size() * wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            long length = scratch.get(lengths, (long) i * layout.size() + layout.at("ulValueLen"));
            if (length != scratch.model().unavailable() && length >= 0 && length <= LONGEST_VALUE) {
                long at = (long) present.size() * layout.size();
                Pointer place = scratch.zeros(Math.max(1, length));
                scratch.put(values, at + layout.at("type"), wanted.get(i));
                values.setPointer(at + layout.at("pValue"), place);
                scratch.put(values, at + layout.at("ulValueLen"), length);
                present.add(wanted.get(i));
                places.add(place);
            }
        }
        if (present.isEmpty()) {
            return Map.of();
        }
        List<Long> offered = lengths(scratch, values, present.size());
        get(table, session, object, values, present.size());
        List<Long> given = lengths(scratch, values, present.size());
        Map<Long, byte[]> result = new HashMap<>();
        for (int i = 0; i < present.size(); i++) {
            // A module that says more than it was offered did not fill it.
            if (given.get(i) >= 0 && given.get(i) <= offered.get(i)) {
                byte[] value = places.get(i).getByteArray(0, Math.toIntExact(given.get(i)));
                fromNative(scratch.model(), present.get(i), value, result);
            }
        }
        return result;
    }

    private void get(FunctionTable table, long session, long object, Pointer array, int count) throws ModuleFailure {
        long value = table.call(
                CkFunction.GET_ATTRIBUTE_VALUE, table.ulong(session), table.ulong(object), array, table.ulong(count));
        if (value != ReturnValue.OK
                && value != ReturnValue.ATTRIBUTE_SENSITIVE
                && value != ReturnValue.ATTRIBUTE_TYPE_INVALID
                && value != ReturnValue.BUFFER_TOO_SMALL) {
            throw Failures.of(CkFunction.GET_ATTRIBUTE_VALUE, value);
        }
    }

    private List<Long> lengths(Scratch scratch, Pointer array, int count) {
        List<Long> lengths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lengths.add(scratch.get(array, (long) i * layout.size() + layout.at("ulValueLen")));
        }
        return lengths;
    }

    private static byte[] toNative(DataModel model, long attribute, byte[] value) {
        if (!Attribute.isNumber(attribute) || value.length != Long.BYTES) {
            return value;
        }
        long number = ByteBuffer.wrap(value).getLong();
        ByteBuffer result = ByteBuffer.allocate(model.ulong()).order(ByteOrder.nativeOrder());
        return model.ulong() == Long.BYTES
                ? result.putLong(number).array()
                : result.putInt((int) number).array();
    }

    private static void fromNative(DataModel model, long attribute, byte[] value, Map<Long, byte[]> result) {
        if (!Attribute.isNumber(attribute)) {
            result.put(attribute, value);
        } else if (value.length == model.ulong()) {
            ByteBuffer number = ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
            result.put(
                    attribute,
                    Attribute.number(
                            value.length == Long.BYTES ? number.getLong() : Integer.toUnsignedLong(number.getInt())));
        }
    }
}
