using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Redactor.Tests.Interop;

/// <summary>Text that clients send encoded: JSON, and JSON as base64, hex or part of a URL.</summary>
internal static class EncodedText
{
    /// <summary>Decodes a text to the JSON that it is; false if it is none.</summary>
    public static bool TryDecode(string text, out JsonNode? json)
    {
        string[] forms = [text, FromBase64(text), FromHex(text), text.StartsWith("call=", StringComparison.Ordinal) ? Uri.UnescapeDataString(text[5..]) : ""];
        foreach (string form in forms.Where(form => form.StartsWith('{') || form.StartsWith('[')))
        {
            try
            {
                json = JsonNode.Parse(form);
                return true;
            }
            catch (JsonException)
            {
                // A text that only begins like JSON: [REDACTED:...] for one.
                continue;
            }
        }

        json = null;
        return false;
    }

    private static string FromBase64(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }

    private static string FromHex(string text) =>
        text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Encoding.UTF8.GetString(Convert.FromHexString(text)) : "";
}
