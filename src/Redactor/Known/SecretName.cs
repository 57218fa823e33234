using System.Text;
using Redactor.Scanning.Judging;

namespace Redactor.Known;

/// <summary>The names in labels: what a source calls a secret, spelled as an id is.</summary>
internal static class SecretName
{
    /// <summary><c>OPENAI_API_KEY</c> -> <c>openai-api-key</c>; behind a prefix <c>chat-openai-api-key</c>.</summary>
    /// <param name="prefix">Stands before it; may be empty.</param>
    /// <param name="name">What the source calls it; may be empty.</param>
    public static string Create(string prefix, string name)
    {
        var id = new StringBuilder();
        foreach (char c in $"{prefix}-{name}".ToLowerInvariant())
        {
            bool kept = char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
            if (kept || (id.Length > 0 && id[^1] != '-'))
            {
                id.Append(kept ? c : '-');
            }
        }

        string trimmed = id.ToString(0, Math.Min(id.Length, MaskText.MaxIdLength)).TrimEnd('-');
        return trimmed.Length > 0 ? trimmed : "unnamed";
    }

    /// <summary>Whether <paramref name="name"/> can stand in a label as it is.</summary>
    public static bool IsValid(string name) => MaskText.IsId(Encoding.UTF8.GetBytes(name));
}
