using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Redactor.Tests.Hostile;
using Redactor.Tests.Interop;

namespace Redactor.Bench.Hostile;

/// <summary>Every attack, in the order of the table.</summary>
internal static class Attacks
{
    private const int MiB = 1 << 20;
    private const string Json = "application/json";
    private const string RequestHead = "POST /v1/logs HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

    /// <param name="folder">For the files that some need.</param>
    public static IEnumerable<Attack> All(string folder)
    {
        string tokens = Path.Combine(folder, "tokens"), users = Path.Combine(folder, "users");
        File.WriteAllText(tokens, new string('t', 40));
        File.WriteAllText(users, "user:$2y$10$" + new string('s', 21) + "u" + new string('x', 31));
        var withTokens = new RedactorSettings { Ports = $", auth: {{bearer: {{tokens_file: {tokens}, header: x-token}}}}" };
        var withUsers = new RedactorSettings { Ports = $", auth: {{basic: {{htpasswd_file: {users}}}}}" };

        yield return new("gzip bomb: 1 GiB in 1 MiB, 20 at once", v => v.SendAsync(HostileMessages.GzipBomb(1024L * MiB), 10, gzip: true));
        yield return new("gzip bomb that says 60 MiB and holds 1 GiB, 20 at once", v => v.SendAsync(LyingBomb(), 10, gzip: true));
        yield return new("100,000 levels of nesting, protobuf, 100 at once", v => v.SendAsync(HostileMessages.DeepProtobuf(100_000), 50));
        yield return new("100,000 levels of nesting, JSON, 50 at once", v => v.SendAsync(HostileMessages.DeepJson(100_000), 50, contentType: Json, grpcToo: false));
        yield return new("100,000 levels of nesting, JSON in a string, 50 at once", v => v.SendAsync(HostileMessages.DeepJsonText(100_000), 50, contentType: Json, grpcToo: false));
        yield return new("1,000,000 attributes on one record (22 MiB), 4 at once", v => v.SendAsync(HostileMessages.ManyAttributes(1_000_000), 2));
        yield return new("60 MiB of noise, 40 at once (2.4 GiB)", v => v.SendAsync(RandomNumberGenerator.GetBytes(60 * MiB), 20));
        yield return new("endless headers, HTTP/1.1, 200 connections", v => FloodAsync(v.Http, Encoding.ASCII.GetBytes(RequestHead), [.. "x-more: and more\r\n"u8]));
        yield return new("endless headers, HTTP/2 CONTINUATION, 200 connections", v => FloodAsync(v.Grpc, [.. Http2Frames.Preface(), .. Http2Frames.UnfinishedHeaders()], Http2Frames.OneHeaderMore()));
        yield return new("pipelined requests without end, HTTP/1.1, 200 connections", v => FloodAsync(v.Http, [], Encoding.ASCII.GetBytes(RequestHead + "Content-Length: 65536\r\n\r\n" + new string(' ', 65536)), times: 200));
        yield return new("slowloris: headers that trickle, 400 connections on each port", SlowHeadersAsync);
        yield return new("slowloris: bodies of 1 byte a second, 400 connections", v => SlowBodiesAsync(v, 1));
        yield return new("slowloris: bodies of 300 bytes a second, 400 connections", v => SlowBodiesAsync(v, 300));
        yield return new("TLS handshakes and noise on clear ports, 1,000 connections", NoiseAsync);
        yield return new("wrong tokens, 10,000 requests", v => SendWrongAsync(v, new AuthenticationHeaderValue("Bearer", new string('w', 40)), 100), withTokens);
        yield return new("wrong passwords (bcrypt, cost 10), 200 requests", v => SendWrongAsync(v, new AuthenticationHeaderValue("Basic", "dXNlcjp3cm9uZw=="), 2), withUsers);
        yield return new("10,000 idle connections", IdleAsync);
    }

    private static byte[] LyingBomb()
    {
        byte[] bomb = HostileMessages.GzipBomb(1024L * MiB);
        BinaryPrimitives.WriteUInt32LittleEndian(bomb.AsSpan(^4), 60 * MiB);
        return bomb;
    }

    private static async Task<string> FloodAsync(Uri port, byte[] first, byte[] more, int times = 1_000_000)
    {
        using var siege = await Siege.OpenAsync(port, 200);
        await siege.SendAsync(first);
        long most = await siege.FloodAsync(more, times);
        return $"{siege.Open} of {siege.Count} connections left open; at most {most / 1024:N0} KiB taken on one";
    }

    private static async Task<string> SlowHeadersAsync(Victim victim)
    {
        using var http = await Siege.OpenAsync(victim.Http, 400);
        using var grpc = await Siege.OpenAsync(victim.Grpc, 400);
        await http.SendAsync(Encoding.ASCII.GetBytes(RequestHead));
        await grpc.SendAsync([.. Http2Frames.Preface(), .. Http2Frames.UnfinishedHeaders()]);
        string served = await victim.ServesAsync() ? "others served meanwhile" : "OTHERS NOT SERVED";
        string slow = await http.WaitUntilClosedAsync(TimeSpan.FromSeconds(60), () => http.SendAsync([.. "x"u8]));
        return $"{served}; HTTP/1.1: {slow}; HTTP/2: {await grpc.WaitUntilClosedAsync(TimeSpan.FromSeconds(60))} more";
    }

    private static async Task<string> SlowBodiesAsync(Victim victim, int bytesPerSecond)
    {
        using var siege = await Siege.OpenAsync(victim.Http, 400);
        await siege.SendAsync(Encoding.ASCII.GetBytes(RequestHead + "Connection: close\r\nContent-Length: 1000000\r\n\r\n"));
        string served = await victim.ServesAsync() ? "others served meanwhile" : "OTHERS NOT SERVED";
        byte[] part = Encoding.ASCII.GetBytes(new string(' ', bytesPerSecond));
        return $"{served}; answered and {await siege.WaitUntilClosedAsync(TimeSpan.FromSeconds(60), () => siege.SendAsync(part))}";
    }

    private static async Task<string> NoiseAsync(Victim victim)
    {
        using var http = await Siege.OpenAsync(victim.Http, 500);
        using var grpc = await Siege.OpenAsync(victim.Grpc, 500);
        byte[] hello = [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3, .. RandomNumberGenerator.GetBytes(2000)];
        await Task.WhenAll(http.SendAsync(hello), grpc.SendAsync(hello));
        return $"HTTP/1.1: {await http.WaitUntilClosedAsync(TimeSpan.FromSeconds(40))}; HTTP/2: {await grpc.WaitUntilClosedAsync(TimeSpan.FromSeconds(40))}";
    }

    private static async Task<string> SendWrongAsync(Victim victim, AuthenticationHeaderValue wrong, int rounds)
    {
        victim.Credentials = wrong;
        string answers = "";
        for (int round = 0; round < rounds; round++)
        {
            answers = await victim.SendAsync([], 50);
        }

        return $"of the last 100: {answers}";
    }

    private static async Task<string> IdleAsync(Victim victim)
    {
        await victim.ServesAsync();
        using var siege = await Siege.OpenAsync(victim.Grpc, 10_000);
        await Task.Delay(TimeSpan.FromSeconds(2));
        int open = siege.Open;
        string served = await victim.ServesAsync() ? "who was connected is served" : "WHO WAS CONNECTED IS NOT SERVED";
        return $"{open:N0} kept, the others closed at once; {served}; {await siege.WaitUntilClosedAsync(TimeSpan.FromSeconds(150))}";
    }
}
