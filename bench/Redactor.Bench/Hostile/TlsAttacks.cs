using Redactor.Tests.Hostile;
using Redactor.Tests.Interop;
using Redactor.Tests.Listen;

namespace Redactor.Bench.Hostile;

/// <summary>Attacks on encrypted ports by what is no handshake.</summary>
internal static class TlsAttacks
{
    private const int ConnectionsPerPort = 500;

    /// <summary>Beyond the time that a handshake may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    public static IEnumerable<Attack> All(TestCertificates certificates)
    {
        certificates.Renew();
        var encrypted = new RedactorSettings { Scheme = "https", Ports = $", tls: {{cert_file: {certificates.Tls.CertFile}, key_file: {certificates.Tls.KeyFile}}}" };
        var random = new Random(1);
        yield return new("encrypted ports: clear text (HTTP/1.1, HTTP/2), 1,000 connections", v => SendAsync(v, TlsGarbage.ClearText(), Http2Frames.Preface()), encrypted);
        yield return new("encrypted ports: noise, 1,000 connections", v => SendAsync(v, TlsGarbage.Noise(random), TlsGarbage.Noise(random)), encrypted);
        yield return new("encrypted ports: ClientHello with broken extensions, 1,000 connections", v => SendAsync(v, TlsGarbage.BrokenHello(random), TlsGarbage.BrokenHello(random)), encrypted);
        yield return new("encrypted ports: half a ClientHello, then silence, 1,000 connections", v => SendAsync(v, TlsGarbage.HalfHello(random), TlsGarbage.HalfHello(random)), encrypted);
    }

    private static async Task<string> SendAsync(Victim victim, byte[] toHttp, byte[] toGrpc)
    {
        using var http = await Siege.OpenAsync(victim.Http, ConnectionsPerPort);
        using var grpc = await Siege.OpenAsync(victim.Grpc, ConnectionsPerPort);
        await Task.WhenAll(http.SendAsync(toHttp), grpc.SendAsync(toGrpc));
        string served = await victim.ServesAsync() ? "others served meanwhile" : "OTHERS NOT SERVED";
        string closed = await http.WaitUntilClosedAsync(Patience);
        return $"{served}; HTTP port: {closed}; gRPC port: {await grpc.WaitUntilClosedAsync(Patience)} more";
    }
}
