using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Redactor.Bench;

/// <summary>A secret that was planted in a payload, and of what kind it is.</summary>
internal sealed record PlantedSecret(string Kind, string Text);

/// <summary>A request from a file, and the secrets that were planted in it (<c>NAME.secrets.json</c> beside it; none without that file).</summary>
internal sealed record TestPayload(string Name, Signal Signal, byte[] Framed, IReadOnlyList<PlantedSecret> Secrets)
{
    private const int PrefixLength = 5;

    /// <summary>The message without gRPC's prefix.</summary>
    public ReadOnlyMemory<byte> Message => Framed.AsMemory(PrefixLength);

    /// <summary>The same request with its message compressed, as senders with <c>compression: gzip</c> frame it.</summary>
    public byte[] FramedGzip()
    {
        using var compressed = new MemoryStream();
        compressed.Write(new byte[PrefixLength]);
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Message.Span);
        }

        byte[] framed = compressed.ToArray();
        framed[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), framed.Length - PrefixLength);
        return framed;
    }

    /// <summary>The path of the gRPC method that takes it.</summary>
    public string Method => Signal switch
    {
        Signal.Traces => "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
        Signal.Metrics => "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
        Signal.Logs => "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
        _ => "/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export",
    };

    /// <summary>The path that takes it over HTTP.</summary>
    public string Path => Signal == Signal.Profiles ? "/v1development/profiles" : $"/v1/{Signal.ToString().ToLowerInvariant()}";

    /// <summary>Reads a request with gRPC's 5-byte prefix. The file's name begins with the signal's.</summary>
    public static TestPayload Load(FileInfo file)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(file.Name);
        var signal = Enum.GetValues<Signal>().FirstOrDefault(s => name.StartsWith(s.ToString(), StringComparison.OrdinalIgnoreCase));
        string secrets = System.IO.Path.ChangeExtension(file.FullName, ".secrets.json");
        return new TestPayload(name, signal, File.ReadAllBytes(file.FullName), File.Exists(secrets) ? ReadSecrets(secrets) : []);
    }

    /// <summary>The planted secrets that <paramref name="message"/> holds.</summary>
    public List<PlantedSecret> SecretsIn(ReadOnlySpan<byte> message)
    {
        var found = new List<PlantedSecret>();
        foreach (var secret in Secrets)
        {
            if (message.IndexOf(Encoding.UTF8.GetBytes(secret.Text)) >= 0)
            {
                found.Add(secret);
            }
        }

        return found;
    }

    private static List<PlantedSecret> ReadSecrets(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. json.RootElement.EnumerateArray().Select(s => new PlantedSecret(s.GetProperty("kind").GetString()!, s.GetProperty("secret").GetString()!))];
    }
}
