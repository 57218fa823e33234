using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Redactor.Listen;

/// <summary>Who a port is towards its clients, and whose certificates it takes.</summary>
/// <param name="Certificate">The certificate with its key, and those that lead to its authority.</param>
/// <param name="Authorities">The authorities of clients' certificates; null asks for none.</param>
internal sealed record TlsIdentity(SslStreamCertificateContext Certificate, X509Certificate2Collection? Authorities)
{
    /// <summary>The files of <paramref name="tls"/> in the order that <see cref="Parse"/> takes.</summary>
    public static IReadOnlyList<string> Files(PortTls tls) =>
        tls.ClientCaFile is null ? [tls.CertFile, tls.KeyFile] : [tls.CertFile, tls.KeyFile, tls.ClientCaFile];

    /// <summary>Makes an identity of PEM files: certificate, key and, if there is a third, authorities.</summary>
    public static Reading<TlsIdentity> Parse(IReadOnlyList<byte[]> pem)
    {
        try
        {
            string certificates = Encoding.UTF8.GetString(pem[0]);
            var own = X509Certificate2.CreateFromPem(certificates, Encoding.UTF8.GetString(pem[1]));
            if (own.NotAfter < DateTime.Now)
            {
                return Reading<TlsIdentity>.Wrong($"the certificate expired on {own.NotAfter:yyyy-MM-dd}; renew it");
            }

            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificates);
            chain.RemoveAt(0);
            X509Certificate2Collection? authorities = pem.Count > 2 ? [] : null;
            authorities?.ImportFromPem(Encoding.UTF8.GetString(pem[2]));
            return authorities is { Count: 0 }
                ? Reading<TlsIdentity>.Wrong("the file of authorities holds no certificate; name a PEM file with at least one")
                : Reading<TlsIdentity>.Of(new TlsIdentity(SslStreamCertificateContext.Create(own, chain, offline: true), authorities));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // Its message may quote the files.
            return Reading<TlsIdentity>.Wrong("can't be used; name PEM files with a certificate, its own unencrypted private key and, where clients need certificates, their authorities");
        }
    }
}
