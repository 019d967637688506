package org.copick.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretArgumentsTest {
    private static boolean holdsSecrets(String fields) {
        return ProjectConfig.parse("{\"overlay_root\": \"x\", \"pickable_objects\": [], " + fields + "}", "test")
                .holdsSecrets();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"overlay_fs_args\": {\"key\": \"a\", \"secret\": \"b\"}",
                "\"overlay_fs_args\": {\"token\": \"b\"}",
                "\"static_root\": \"y\", \"static_fs_args\": {\"token\": {\"private_key\": \"b\"}}",
                "\"overlay_fs_args\": {\"client_kwargs\": {\"aws_secret_access_key\": \"b\"}}",
                "\"overlay_fs_args\": {\"client_kwargs\": {\"AWS_ACCESS_KEY_ID\": \"b\"}}",
                "\"overlay_fs_args\": {\"password\": 12345}",
                "\"static_root\": \"y\", \"static_fs_args\": {\"headers\": {\"Authorization\": \"Bearer b\"}}",
                "\"static_root\": \"y\", \"static_fs_args\": {\"client_kwargs\": {\"headers\": {\"Cookie\": \"b\"}}}",
                "\"static_root\": \"y\", \"static_fs_args\": {\"headers\": {\"X-Api-Key\": \"b\"}}",
                "\"overlay_fs_args\": {\"hosts\": [{\"sas_token\": \"b\"}]}",
                "\"overlay_fs_args\": {\"token\": [\"b\"]}",
                "\"layers\": [{\"name\": \"a\", \"root\": \"x\"},"
                        + " {\"name\": \"b\", \"root\": \"s3://y/z\", \"fs_args\": {\"secret\": \"b\"}}]",
                "\"layers\": [{\"name\": \"a\", \"root\": \"x\", \"later\": {\"token\": \"b\"}}]",
                "\"disk_cache\": {\"path\": \"c\", \"max_bytes\": 1, \"password\": \"b\"}",
                "\"api_token\": \"b\"",
                "\"portal\": {\"credentials\": {\"user\": \"b\"}}"
            })
    void credentialsAreFound(String fields) {
        assertTrue(holdsSecrets(fields), fields);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"overlay_fs_args\": {\"auto_mkdir\": true}",
                "\"overlay_fs_args\": {\"anon\": true, \"endpoint_url\": \"http://127.0.0.1:9000\"}",
                "\"overlay_fs_args\": {\"token\": \"anon\"}",
                "\"overlay_fs_args\": {\"token\": \"google_default\", \"project\": \"p\"}",
                "\"overlay_fs_args\": {\"key\": null, \"secret\": null, \"token\": \"\", \"password\": {}}",
                "\"overlay_fs_args\": null",
                "\"static_root\": \"y\", \"static_fs_args\": {\"headers\": {\"Accept-Encoding\": \"identity\"}}",
                "\"user_id\": \"secret\", \"monkey\": \"b\", \"notes\": {\"keyboard\": \"us\"}"
            })
    void otherArgumentsAreNotSecret(String fields) {
        assertFalse(holdsSecrets(fields), fields);
    }
}
