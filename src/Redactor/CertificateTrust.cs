using System.Security.Cryptography.X509Certificates;

namespace Redactor;

/// <summary>Trust in given authorities alone, for either end of a TLS connection.</summary>
internal static class CertificateTrust
{
    /// <summary>What the other end's certificate is held to. Revocation lists are not asked: no call leaves that was not configured.</summary>
    public static X509ChainPolicy Only(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    /// <summary>Whether <paramref name="certificate"/> leads to one of <paramref name="authorities"/>.</summary>
    public static bool ComesFrom(X509Certificate2 certificate, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain { ChainPolicy = Only(authorities) };
        return chain.Build(certificate);
    }
}
