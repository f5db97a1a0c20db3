package org.zegel.app.registration;

/**
 * One browser of {@code native-host-manifests/browsers.json}.
 *
 * @param family {@code chromium} names callers by {@code allowed_origins}, {@code mozilla} by {@code allowed_extensions}
 * @param linux folder of host manifests, below the home folder
 * @param macos the same on macOS
 * @param windows registry key below HKEY_CURRENT_USER that holds one key per host
 */
public record Browser(String name, Family family, String linux, String macos, String windows) {
    /** The two manifest dialects. */
    public enum Family {
        CHROMIUM("allowed_origins"),
        MOZILLA("allowed_extensions");

        private final String allowed;

        Family(String allowed) {
            this.allowed = allowed;
        }

        /** The manifest's field that lists who may call. */
        public String allowedField() {
            return allowed;
        }

        /** How an extension id is written in that field. */
        public String caller(String extensionId) {
            return switch (this) {
                case CHROMIUM -> "chrome-extension://" + extensionId + "/";
                case MOZILLA -> extensionId;
            };
        }

        /** Whether the id can be one of this family: 32 letters a to p, or an add-on id with an @ or in braces. */
        public boolean accepts(String extensionId) {
            return switch (this) {
                case CHROMIUM -> extensionId.matches("[a-p]{32}");
                case MOZILLA -> extensionId.matches("[A-Za-z0-9._-]{0,64}@[A-Za-z0-9._-]{1,64}|\\{[0-9a-fA-F-]{36}\\}");
            };
        }
    }
}
