using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Redactor.Forward;

namespace Redactor.Configuration;

/// <summary>The section <c>tls</c> of an exporter. Certificates are PEM files, read here so that a wrong one is a mistake at the start.</summary>
internal static class TlsSection
{
    public static BackendTls ReadBackend(YamlSection? tls)
    {
        if (tls is null)
        {
            return new BackendTls();
        }

        return new BackendTls
        {
            Authorities = ReadAuthorities(tls, "ca_file"),
            ClientCertificate = ReadPair(tls),
            SkipVerify = tls.Value("insecure_skip_verify", Parse.Boolean, Parse.BooleanForm) ?? false,
        };
    }

    private static X509Certificate2Collection? ReadAuthorities(YamlSection tls, string key) =>
        ReadFile(tls, key, "a PEM file with at least one certificate", path =>
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(path);
            return authorities.Count > 0 ? authorities : null;
        });

    private static X509Certificate2? ReadPair(YamlSection tls)
    {
        var keyFile = tls.Path("key_file");
        var hasCertificate = tls.Find("cert_file") is not null;
        if (hasCertificate != (tls.Find("key_file") is not null))
        {
            tls.Mistake(hasCertificate ? "cert_file" : "key_file", $"{tls.PathOf("cert_file")} and key_file belong together; write both");
            return null;
        }

        return keyFile is null ? null : ReadFile(tls, "cert_file", "PEM files with a certificate and its unencrypted private key", path =>
            X509Certificate2.CreateFromPemFile(path, keyFile));
    }

    private static T? ReadFile<T>(YamlSection tls, string key, string right, Func<string, T?> read)
        where T : class
    {
        if (tls.Path(key) is not { } path)
        {
            return null;
        }

        try
        {
            if (read(path) is { } value)
            {
                return value;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            tls.Mistake(key, $"{tls.PathOf(key)}: the file, or the key beside it, can't be read; name {right}");
            return null;
        }
        catch (CryptographicException)
        {
            // Its message may quote the file: what is wrong is said below.
        }

        tls.Mistake(key, $"{tls.PathOf(key)}: can't be used; name {right}");
        return null;
    }
}
