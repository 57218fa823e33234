using System.Collections;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Redactor.Tests.Interop;

/// <summary>Compares what was sent with what arrived, field by field: only text may differ, and only where a mask stands for a planted secret.</summary>
internal sealed partial class MessageComparison
{
    private readonly IReadOnlyCollection<string> secrets;
    private readonly List<string> mistakes = [];

    private MessageComparison(IReadOnlyCollection<string> secrets) => this.secrets = secrets;

    /// <summary>One line for every field whose difference no mask explains, and for every planted secret that is still there.</summary>
    public static IReadOnlyList<string> Mistakes(IMessage sent, IMessage received, IReadOnlyCollection<string> secrets)
    {
        var comparison = new MessageComparison(secrets);
        comparison.Compare(sent.Descriptor.Name, sent, received);
        return comparison.mistakes;
    }

    private void Compare(string path, object? sent, object? received)
    {
        switch (sent, received)
        {
            case (IMessage a, IMessage b):
                foreach (var field in a.Descriptor.Fields.InFieldNumberOrder())
                {
                    CompareField($"{path}.{field.Name}", field, a, b);
                }

                break;
            case (IList a, IList b) when a.Count == b.Count:
                for (int i = 0; i < a.Count; i++)
                {
                    Compare($"{path}[{i}]", a[i], b[i]);
                }

                break;
            case (string a, string b):
                CompareText(path, a, b);
                break;
            case (ByteString a, ByteString b) when a != b:
                CompareText(path, a.ToStringUtf8(), b.ToStringUtf8());
                break;
            default:
                if (!Equals(sent, received))
                {
                    mistakes.Add($"{path} differs: {Kind(sent)} became {Kind(received)}");
                }

                break;
        }
    }

    private void CompareField(string path, FieldDescriptor field, IMessage sent, IMessage received)
    {
        if (field.HasPresence && (!field.Accessor.HasValue(sent) || !field.Accessor.HasValue(received)))
        {
            if (field.Accessor.HasValue(sent) || field.Accessor.HasValue(received))
            {
                mistakes.Add($"{path} is there on one side only");
            }

            return;
        }

        Compare(path, field.Accessor.GetValue(sent), field.Accessor.GetValue(received));
    }

    private void CompareText(string path, string sent, string received)
    {
        if (secrets.Any(secret => received.Contains(secret, StringComparison.Ordinal)))
        {
            mistakes.Add($"{path} still holds a secret");
        }

        if (sent == received)
        {
            return;
        }

        if (EncodedText.TryDecode(sent, out JsonNode? encoded))
        {
            if (EncodedText.TryDecode(received, out JsonNode? arrived))
            {
                CompareJson(path, encoded, arrived);
            }
            else
            {
                mistakes.Add($"{path} is no longer what it was encoded as: {received}");
            }

            return;
        }

        // What stands around the masks must be what was sent; what the masks stand for must be, or hold, or be part of, a secret.
        string form = string.Join("(.+?)", Mask().Split(received).Select(Regex.Escape));
        var match = Regex.Match(sent, $@"\A{form}\z", RegexOptions.Singleline);
        if (!match.Success)
        {
            mistakes.Add($"{path} was changed outside of masks, to: {received}");
        }

        foreach (var (masked, mask) in match.Groups.Values.Skip(1).Zip(Mask().Matches(received)).Where(pair => !HidesSecret(pair.First.Value)))
        {
            mistakes.Add($"{path} has {mask.Value} for {masked.Length} characters where no secret was planted");
        }
    }

    private void CompareJson(string path, JsonNode? sent, JsonNode? received)
    {
        switch (sent, received)
        {
            case (JsonObject a, JsonObject b) when a.Select(m => m.Key).SequenceEqual(b.Select(m => m.Key)):
                foreach (var (name, value) in a)
                {
                    CompareJson($"{path}.{name}", value, b[name]);
                }

                break;
            case (JsonArray a, JsonArray b) when a.Count == b.Count:
                for (int i = 0; i < a.Count; i++)
                {
                    CompareJson($"{path}[{i}]", a[i], b[i]);
                }

                break;
            case (JsonValue a, JsonValue b) when a.TryGetValue(out string? before) && b.TryGetValue(out string? after):
                CompareText(path, before, after);
                break;
            default:
                if (!JsonNode.DeepEquals(sent, received))
                {
                    mistakes.Add($"{path} differs in its JSON");
                }

                break;
        }
    }

    private bool HidesSecret(string masked) =>
        secrets.Any(s => masked.Contains(s, StringComparison.Ordinal) || s.Contains(masked, StringComparison.Ordinal));

    private static string Kind(object? value) => value is IList list ? $"a list of {list.Count}" : $"'{value}'";

    [GeneratedRegex(@"\[REDACTED:[^\]]*\]")]
    private static partial Regex Mask();
}
