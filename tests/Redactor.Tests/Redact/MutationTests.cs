using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Redactor.Redact;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact;

/// <summary>
/// Broken payloads: truncated, bits flipped, lengths changed, parts repeated, nested deeper. None may crash, and what still parses must come out clean.
/// REDACTOR_MUTATIONS sets how many (default 500), REDACTOR_SEED where the numbers start (default 1).
/// </summary>
public sealed class MutationTests
{
    private static readonly int Count = FromEnvironment("REDACTOR_MUTATIONS", 500);
    private static readonly int FirstSeed = FromEnvironment("REDACTOR_SEED", 1);

    /// <summary>How many payloads of each signal the mutations start from.</summary>
    private const int Originals = 64;

    /// <summary>Levels that a mutation may add, more than the walkers follow.</summary>
    private const int MaxNesting = 160;

    private static readonly byte[] CanaryBytes = Encoding.UTF8.GetBytes(Canary);

    private static readonly ConcurrentDictionary<(int Number, Signal Signal), (IMessage Message, byte[] Json)> Requests = new();

    [Fact]
    public void A_mutated_protobuf_payload_is_refused_or_comes_out_clean()
    {
        for (int seed = FirstSeed; seed < FirstSeed + Count; seed++)
        {
            var random = new Random(seed);
            var signal = (Signal)random.Next(4);
            IMessage request = Request(seed % Originals, signal).Message;
            byte[] bytes = Mutate(new ShuffledWriter(seed).Write(request), random, NestInField);
            RedactionResult result = Run(signal, bytes);
            if (result.Status != RedactionStatus.Ok)
            {
                Assert.Null(result.Payload);
                continue;
            }

            // A canary in a field is one in the bytes: only then is it worth parsing to learn whether a reader would see it.
            ReadOnlySpan<byte> redacted = result.Payload!.Bytes.Span;
            IMessage? parsed = redacted.IndexOf(CanaryBytes) < 0 ? null : TryParse(request.Descriptor, redacted);
            Assert.False(parsed is not null && HoldsCanary(parsed), $"seed {seed}");
        }
    }

    [Fact]
    public void A_mutated_json_payload_is_refused_or_comes_out_clean()
    {
        for (int seed = FirstSeed; seed < FirstSeed + Count; seed++)
        {
            var random = new Random(seed);
            var signal = (Signal)random.Next(4);
            byte[] bytes = Mutate([.. Request(seed % Originals, signal).Json], random, part => [(byte)'[', .. part, (byte)']']);
            RedactionResult result = Run(signal, bytes, null, PayloadEncoding.Json);
            Assert.True(result.Status != RedactionStatus.Ok || result.Payload!.Bytes.Span.IndexOf(CanaryBytes) < 0, $"seed {seed}");
        }
    }

    /// <summary>One of the payloads that mutations start from: making them takes longer than redacting them.</summary>
    private static (IMessage Message, byte[] Json) Request(int number, Signal signal) => Requests.GetOrAdd((number, signal), key =>
    {
        IMessage message = new OtlpGenerator(key.Number, 3).Request(key.Signal);
        return (message, Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(message)));
    });

    private static bool HoldsCanary(IMessage message) => message.Descriptor.Fields.InFieldNumberOrder().Any(field =>
    {
        object? value = field.Accessor.GetValue(message);
        return value is IList list ? list.Cast<object>().Any(HoldsCanary) : value is not null && HoldsCanary(value);
    });

    private static bool HoldsCanary(object value) => value switch
    {
        IMessage message => HoldsCanary(message),
        string text => text.Contains(Canary, StringComparison.Ordinal),
        ByteString bytes => bytes.Span.IndexOf(CanaryBytes) >= 0,
        _ => false,
    };

    private static byte[] Mutate(byte[] bytes, Random random, Func<byte[], byte[]> nest)
    {
        for (int i = random.Next(1, 4); i > 0 && bytes.Length > 0; i--)
        {
            int at = random.Next(bytes.Length);
            int length = random.Next(bytes.Length - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes = bytes[..at];
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                    bytes[at] = (byte)(bytes[at] + random.Next(-4, 5));
                    break;
                case 4:
                    byte[] part = bytes[at..(at + length)];
                    for (int depth = random.Next(1, MaxNesting); depth > 0; depth--)
                    {
                        part = nest(part);
                    }

                    bytes = [.. bytes[..at], .. part, .. bytes[(at + length)..]];
                    break;
                default:
                    bytes = [.. bytes[..at], .. bytes.AsSpan(at, length), .. bytes[at..]];
                    break;
            }
        }

        return bytes;
    }

    /// <summary>Puts a part into a field 1, the number under which most OTLP messages hold others.</summary>
    private static byte[] NestInField(byte[] part)
    {
        byte[] field = new byte[1 + CodedOutputStream.ComputeLengthSize(part.Length) + part.Length];
        using var output = new CodedOutputStream(field);
        output.WriteTag(1, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(part));
        output.Flush();
        return field;
    }

    private static IMessage? TryParse(MessageDescriptor type, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return type.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
