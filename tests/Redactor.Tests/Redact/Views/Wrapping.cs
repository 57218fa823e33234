using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Redactor.Tests.Redact.Views;

/// <summary>One way to wrap a text in another, with the base library's encoder and decoder.</summary>
internal sealed record Wrapping(string Name, Func<string, string> Encode, Func<string, string> Decode)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly IReadOnlyList<Wrapping> All =
    [
        new("json", text => JsonSerializer.Serialize(new { value = text }, Relaxed), json => JsonDocument.Parse(json).RootElement.GetProperty("value").GetString()!),
        new("json string", text => JsonSerializer.Serialize(text, Relaxed), json => JsonSerializer.Deserialize<string>(json)!),
        new("escapes by number", ToNumbers, text => JsonSerializer.Deserialize<string>($"\"{text}\"")!),
        new("url", Uri.EscapeDataString, Uri.UnescapeDataString),
        new("form", text => WebUtility.UrlEncode(text)!, text => WebUtility.UrlDecode(text)!),
        new("base64", text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), FromBase64),
        new("base64url", text => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text)), FromBase64),
        new("base64 in lines", text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks), FromBase64),
        new("hex", text => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)), text => Encoding.UTF8.GetString(Convert.FromHexString(text))),
        new("hex in capitals", text => Convert.ToHexString(Encoding.UTF8.GetBytes(text)), text => Encoding.UTF8.GetString(Convert.FromHexString(text))),
        new("url by number", text => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => $"%{b:x2}")), Uri.UnescapeDataString),
        new("html by number", text => string.Concat(text.EnumerateRunes().Select(c => $"&#x{c.Value:x4};")), text => WebUtility.HtmlDecode(text)!),
        new("html", text => WebUtility.HtmlEncode(text)!, text => WebUtility.HtmlDecode(text)!),
    ];

    public static Wrapping Named(string name) => All.Single(wrapping => wrapping.Name == name);

    public override string ToString() => Name;

    /// <summary>
    /// Where an encoded text has none of the characters by which the alphabets differ, nothing tells them apart, nor that a form around it would make spaces of those to come.
    /// </summary>
    private static string FromBase64(string text) =>
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text.Replace('+', '-').Replace(' ', '-').Replace('/', '_').Replace("\r\n", "", StringComparison.Ordinal).TrimEnd('=')));

    private static string ToNumbers(string text) => string.Concat(text.Select(c => $"\\u{(int)c:x4}"));
}
