namespace Redactor.Locate;

/// <summary>
/// The structural check that every protobuf payload passes, also one that nothing is to be masked in: the fields of request, resource,
/// scope, record and whatever lies on the way there, each in its bounds. What lies inside a record's fields is not looked at.
/// </summary>
public static class ProtobufFraming
{
    /// <summary>Whether <paramref name="payload"/> is framed as a <paramref name="request"/>.</summary>
    public static bool IsValid(ReadOnlySpan<byte> payload, OtlpMessage request) => IsValid(payload, 0, payload.Length, request);

    private static bool IsValid(ReadOnlySpan<byte> payload, int start, int end, OtlpMessage type)
    {
        var reader = new ProtobufReader(payload, start, end);
        while (!reader.AtEnd)
        {
            if (!reader.TryRead(out WireField field))
            {
                return false;
            }

            OtlpMessage? child = type.Shape == MessageShape.Plain && field.Type == WireType.Length ? type.Find(field.Number)?.Message : null;
            if (child is { Shape: MessageShape.Plain or MessageShape.Record } && !IsValid(payload, field.Start, field.End, child))
            {
                return false;
            }
        }

        return true;
    }
}
