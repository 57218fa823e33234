using System.Collections;
using Google.Protobuf;
using Redactor.Otlp;

namespace Redactor.Forward.Stages;

/// <summary>
/// A request -> two with half of its records each, in order. All four signals are built alike: resources, in field 1, hold scopes, in field 2, hold
/// records (spans, metrics, log records, profiles), in field 2. A metric with all its points is one record.
/// </summary>
internal static class PayloadSplitter
{
    private const int ResourcesField = 1;
    private const int ScopesField = 2;
    private const int RecordsField = 2;

    /// <summary>How many records a payload holds; 0 if it can't be read.</summary>
    public static int Count(RedactedPayload payload) => Read(payload) is { } request ? Count(request) : 0;

    /// <summary>Both halves; null if there are not two records, or the payload can't be read.</summary>
    public static (RedactedPayload First, RedactedPayload Second)? Halve(RedactedPayload payload)
    {
        if (Read(payload) is not { } one || Read(payload) is not { } other || Count(one) is var count && count < 2)
        {
            return null;
        }

        Keep(one, 0, count / 2);
        Keep(other, count / 2, count);
        return (With(payload, one), With(payload, other));
    }

    private static int Count(IMessage request) => Scopes(request).Sum(scope => Records(scope).Count);

    /// <summary>Keeps the records from <paramref name="start"/> to before <paramref name="end"/>, under the resources and scopes that they have.</summary>
    private static void Keep(IMessage request, int start, int end)
    {
        int position = 0;
        foreach (var scope in Scopes(request))
        {
            var records = Records(scope);
            int before = position;
            position += records.Count;
            for (int i = records.Count - 1; i >= 0; i--)
            {
                if (before + i < start || before + i >= end)
                {
                    records.RemoveAt(i);
                }
            }
        }

        RemoveEmpty(request);
    }

    private static void RemoveEmpty(IMessage request)
    {
        var resources = List(request, ResourcesField);
        for (int r = resources.Count - 1; r >= 0; r--)
        {
            var scopes = List((IMessage)resources[r]!, ScopesField);
            for (int s = scopes.Count - 1; s >= 0; s--)
            {
                if (Records((IMessage)scopes[s]!).Count == 0)
                {
                    scopes.RemoveAt(s);
                }
            }

            if (scopes.Count == 0)
            {
                resources.RemoveAt(r);
            }
        }
    }

    private static IMessage? Read(RedactedPayload payload)
    {
        if (payload.Encoding is not (PayloadEncoding.Protobuf or PayloadEncoding.Json))
        {
            return null;
        }

        var type = RequestTypes.Of(payload.Signal);
        var message = payload.Bytes;
        if (payload.Encoding == PayloadEncoding.Json && !OtlpJson.TryToProtobuf(type, payload.Bytes.Span, out message))
        {
            return null;
        }

        try
        {
            return type.Parser.ParseFrom(message.Span);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static RedactedPayload With(RedactedPayload payload, IMessage request)
    {
        ReadOnlyMemory<byte> message = request.ToByteArray();
        if (payload.Encoding == PayloadEncoding.Json && OtlpJson.TryFromProtobuf(request.Descriptor, message.Span, out var json))
        {
            message = json;
        }

        return RedactedPayload.Restore(payload.Signal, payload.Encoding, message, payload.Source.Origin, payload.Envelope);
    }

    private static IEnumerable<IMessage> Scopes(IMessage request) =>
        List(request, ResourcesField).Cast<IMessage>().SelectMany(resource => List(resource, ScopesField).Cast<IMessage>());

    private static IList Records(IMessage scope) => List(scope, RecordsField);

    private static IList List(IMessage message, int field) => (IList)message.Descriptor.FindFieldByNumber(field).Accessor.GetValue(message);
}
