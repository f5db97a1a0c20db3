package org.zegel.store.nss;

import java.util.List;

/** What {@code C_Initialize} of NSS is told: several databases, each read-only, each a token of its own. */
final class NssArguments {
    /** NSS keeps the numbers below for itself. */
    private static final int FIRST_SLOT = 4;

    private NssArguments() {}

    /** Each profile becomes a token whose label is the profile's id. */
    static String of(List<Profile> profiles) {
        StringBuilder tokens = new StringBuilder();
        int slot = FIRST_SLOT;
        for (Profile profile : profiles) {
            String token = "configDir=" + quoted("sql:" + profile.folder(), '\'', '\'')
                    + " tokenDescription=" + quoted(label(profile), '\'', '\'')
                    + " slotDescription=" + quoted(label(profile), '\'', '\'')
                    + " flags=readOnly";
            tokens.append("0x").append(Integer.toHexString(slot++)).append('=').append(quoted(token, '[', ']'));
            tokens.append(' ');
        }
        return "flags=readOnly,noCertDB,noModDB tokens=" + quoted(tokens.toString(), '<', '>');
    }

    /** At most 32 bytes, as tokens' labels are. */
    static String label(Profile profile) {
        return profile.id().value();
    }

    /** NSS takes one layer of backslashes off with each layer of quotes. */
    private static String quoted(String text, char open, char close) {
        StringBuilder quoted = new StringBuilder().append(open);
        for (int index = 0; index < text.length(); index++) {
            char each = text.charAt(index);
            if (each == '\\' || each == close) {
                quoted.append('\\');
            }
            quoted.append(each);
        }
        return quoted.append(close).toString();
    }
}
