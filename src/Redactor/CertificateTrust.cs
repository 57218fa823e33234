using System.Security.Cryptography.X509Certificates;

namespace Redactor;

/// <summary>Trust in given authorities alone, for either end of a TLS connection.</summary>
internal static class CertificateTrust
{
    /// <summary>Whether <paramref name="certificate"/> leads to one of <paramref name="authorities"/>. Revocation lists are not asked: no call leaves that was not configured.</summary>
    public static bool ComesFrom(X509Certificate2 certificate, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }
}
