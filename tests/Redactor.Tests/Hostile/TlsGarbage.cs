using System.Text;

namespace Redactor.Tests.Hostile;

/// <summary>What an encrypted port may get instead of a TLS handshake.</summary>
internal static class TlsGarbage
{
    /// <summary>Of a record of 512 bytes.</summary>
    private const int HalfOfHello = 256;

    /// <summary>A request as if there were no TLS.</summary>
    public static byte[] ClearText() => Encoding.ASCII.GetBytes("POST /v1/logs HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");

    /// <summary>Bytes by chance, which by chance may look like the begin of a handshake.</summary>
    public static byte[] Noise(Random random)
    {
        byte[] noise = new byte[2000];
        random.NextBytes(noise);
        return noise;
    }

    /// <summary>The begin of a handshake as it should be (RFC 8446, 4.1.2), whose extensions are noise.</summary>
    public static byte[] BrokenHello(Random random) =>
        [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3, .. Noise(random).AsSpan(0, 32), 0, 0, 2, 0x13, 1, 1, 0, 1, 0xD3, .. Noise(random).AsSpan(0, 0x1D3)];

    /// <summary>The first half of it: nobody can tell yet that it is broken.</summary>
    public static byte[] HalfHello(Random random) => BrokenHello(random)[..HalfOfHello];
}
