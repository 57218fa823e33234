using System.Globalization;
using System.Text;
using System.Text.Json;
using Redactor.Otlp;
using Redactor.Redact;
using Redactor.Rules;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact.Views;

public sealed class ViewTests
{
    [Theory]
    [InlineData("""{"tool":"{\"headers\":{\"x-api-key\":\"abc\"}}"}""", """{"tool":"{\"headers\":{\"x-api-key\":\"[REDACTED:secret-name]\"}}"}""")]
    [InlineData("""{"password":{"a":["x",1,true],"b":"y"},"c":"z"}""", """{"password":{"a":["[REDACTED:secret-name]","[REDACTED:secret-name]",true],"b":"[REDACTED:secret-name]"},"c":"z"}""")]
    [InlineData("""{"p\u0069n":7}""", """{"p\u0069n":"[REDACTED:secret-name]"}""")]
    [InlineData("""{"args":"{\"p\\u0069n\":7}"}""", """{"args":"{\"p\\u0069n\":\"[REDACTED:secret-name]\"}"}""")]
    [InlineData("""{"a":"{\"b\":\"{\\\"p\\\\u0069n\\\":\\\"x\\\"}\"}"}""", """{"a":"{\"b\":\"{\\\"p\\\\u0069n\\\":\\\"[REDACTED:secret-name]\\\"}\"}"}""")]
    [InlineData("""CANARY {"args":"{\"p\\u0069n\":\"x\"}"}""", """[REDACTED:canary] {"args":"{\"p\\u0069n\":\"[REDACTED:secret-name]\"}"}""")]
    [InlineData("""{"args":"{\"pin\": 1234}"}""", """{"args":"{\"pin\": \"[REDACTED:secret-name]\"}"}""")]
    [InlineData("""{"a":"x","password":"cut off he""", """{"a":"x","password":"[REDACTED:secret-name]""")]
    [InlineData("""request: {"password": "open"} done""", """request: {"password": "[REDACTED:secret-name]"} done""")]
    [InlineData("""{"password":"x CANARY y"}""", """{"password":"[REDACTED:canary]"}""")]
    public void Members_with_secret_names_are_masked_in_json_in_text(string text, string expected) => Assert.Equal(expected, Redact(text));

    [Theory]
    [InlineData("""{"card":4111111111111111}""", """{"card":"[REDACTED:card]"}""")]
    [InlineData("""{"args":"{\"card\":4111111111111111}"}""", """{"args":"{\"card\":\"[REDACTED:card]\"}"}""")]
    [InlineData("""{"n":"bearer abcdefgh","m":2}""", """{"n":"bearer [REDACTED:bearer]","m":2}""")]
    [InlineData("""{"args":"[4111111111111111, 1]"}""", """{"args":"[\"[REDACTED:card]\", 1]"}""")]
    [InlineData("""{"page":"{&quot;card&quot;:4111111111111111}"}""", """{"page":"{&quot;card&quot;:&quot;[REDACTED:card]&quot;}"}""")]
    [InlineData("""{"page":"{&quot;a&quot;:&quot;x\\ny&quot;,&quot;card&quot;:4111111111111111}"}""", """{"page":"{&quot;a&quot;:&quot;x\\ny&quot;,&quot;card&quot;:&quot;[REDACTED:card]&quot;}"}""")]
    [InlineData("""{"args":"{\"page\":\"{&#34;pin&#34;: 1234}\"}"}""", """{"args":"{\"page\":\"{&#34;pin&#34;: &quot;[REDACTED:secret-name]&quot;}\"}"}""")]
    [InlineData("""[[4111111111111111],{"a":"CANARY"}]""", """[["[REDACTED:card]"],{"a":"[REDACTED:canary]"}]""")]
    public void What_was_json_stays_json(string text, string expected)
    {
        string redacted = Redact(text.Replace("CANARY", Canary, StringComparison.Ordinal));
        Assert.Equal(expected, redacted);
        JsonDocument.Parse(redacted).Dispose();
    }

    [Theory]
    [InlineData("[INFO] card 4111111111111111 [done]", "[INFO] card [REDACTED:card] [done]")]
    [InlineData("[2026-11-22 10:15 UTC] 4111111111111111 [1]", "[2026-11-22 10:15 UTC] [REDACTED:card] [1]")]
    [InlineData("[&quot;CANARY&quot;, 4111111111111111]", "[&quot;[REDACTED:canary]&quot;, &quot;[REDACTED:card]&quot;]")]
    [InlineData("[1, &quot;CANARY x&quot;]", "[1, &quot;[REDACTED:canary] x&quot;]")]
    public void What_only_begins_like_json_gets_no_quotes(string text, string expected) => Assert.Equal(expected, Redact(text));

    [Theory]
    [InlineData("\"line\\nCANARY\\n\"", "\"line\\n[REDACTED:canary]\\n\"")]
    [InlineData("a \\u0063nry-0123456789abcdef b", "a [REDACTED:canary] b")]
    [InlineData("GET /?q=bearer%20abcdefgh%2Bx HTTP", "GET /?q=bearer%20[REDACTED:bearer]%2Bx HTTP")]
    [InlineData("<a title=&quot;CANARY&quot;>", "<a title=&quot;[REDACTED:canary]&quot;>")]
    [InlineData("&#99;nry-0123456789abcdef", "[REDACTED:canary]")]
    public void A_mask_cuts_no_escape(string text, string expected) => Assert.Equal(expected, Redact(text));

    [Fact]
    public void A_finding_in_the_text_and_one_in_its_view_mask_every_byte_of_both()
    {
        RuleSet rules = Create(Redactor.Scanning.FilterEngine.Auto, Rule("half", "pass[a-z]{4}=[a-z]{4}"), Rule("whole", "=abcd\\+[a-z]{4}"));
        Assert.Equal("[REDACTED:half]", Redact("password=abcd%2Befgh", rules));
    }

    [Theory]
    [InlineData("base64 in lines; escapes by number; escapes by number; url")]
    [InlineData("base64 in lines; escapes by number; html by number; json")]
    [InlineData("base64 in lines; html by number; escapes by number; html by number")]
    [InlineData("base64 in lines; html by number; escapes by number; html")]
    [InlineData("base64 in lines; html by number; json; html")]
    [InlineData("base64 in lines; json; html; json")]
    public void Lines_of_base64_stay_lines_however_deep_they_are_encoded(string names)
    {
        Wrapping[] wrappings = [.. names.Split("; ").Select(Wrapping.Named)];
        string text = $"{new string('a', 150)} CANARY {new string('z', 150)}";
        string wrapped = wrappings.Aggregate(text.Replace("CANARY", Canary, StringComparison.Ordinal), (inner, wrapping) => wrapping.Encode(inner));
        string unwrapped = wrappings.Reverse().Aggregate(Redact(wrapped), (outer, wrapping) => wrapping.Decode(outer));
        Assert.Equal(text.Replace("CANARY", "[REDACTED:canary]", StringComparison.Ordinal), unwrapped);
    }

    [Theory]
    [InlineData("C:\\new\r\n{0}\r\n")]
    [InlineData("&lt;pre&gt;\r\n{0}\r\n")]
    [InlineData("&lt;C:\\new&gt;\r\n{0}\r\n")]
    public void Line_ends_of_base64_stay_as_they_are_beside_what_is_encoded(string page)
    {
        Wrapping lines = Wrapping.Named("base64 in lines");
        string text = $"{new string('a', 150)} CANARY {new string('z', 150)}";
        string wrapped = string.Format(CultureInfo.InvariantCulture, page, lines.Encode(text.Replace("CANARY", Canary, StringComparison.Ordinal)));
        string expected = string.Format(CultureInfo.InvariantCulture, page, lines.Encode(text.Replace("CANARY", "[REDACTED:canary]", StringComparison.Ordinal)));
        Assert.Equal(expected, Redact(wrapped));
    }

    [Fact]
    public void What_is_encoded_far_behind_the_last_percent_sign_of_a_url_is_found()
    {
        Wrapping base64 = Wrapping.Named("base64url");
        string state = $"{{\"page\":\"{new string('a', 40_000)}\",\"key\":\"CANARY\"}}";
        string redacted = Redact($"https://host/sign%20in?state={base64.Encode(state.Replace("CANARY", Canary, StringComparison.Ordinal))}");
        Assert.StartsWith("https://host/sign%20in?state=", redacted, StringComparison.Ordinal);
        Assert.Equal(state.Replace("CANARY", "[REDACTED:canary]", StringComparison.Ordinal), base64.Decode(Uri.UnescapeDataString(redacted.Split('=', 2)[1])));
    }

    [Theory]
    [InlineData("0x", "")]
    [InlineData("token", "")]
    [InlineData("key_", "_v2")]
    [InlineData("/v1/callback/", "/end")]
    [InlineData("sha256-", "-tail")]
    [InlineData("12345678-1234-", "+x")]
    [InlineData("01234567-89ab-cdef-0123-456789abcdef/", "-01234567-89ab-cdef-0123-456789abcdef")]
    public void What_stands_beside_encoded_text_hides_nothing(string before, string after)
    {
        // With signs of the alphabets of base64, so that no separator says where the path ends.
        string text = $"{{\"é?>~\":\"~~~>>>???\",\"key\":\"{Canary}\"}}";
        string masked = text.Replace(Canary, "[REDACTED:canary]", StringComparison.Ordinal);
        foreach (string name in new[] { "base64", "base64url", "hex", "hex in capitals" })
        {
            Wrapping wrapping = Wrapping.Named(name);
            string redacted = Redact($" {before}{wrapping.Encode(text)}{after} ");

            // Base64 goes on where what stands behind it has letters of its alphabet: where these are decoded with it, the last of them are spelled anew.
            Assert.StartsWith($" {before}{wrapping.Encode(masked)[..^4]}", redacted, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Encoded_texts_that_touch_are_read_one_by_one()
    {
        Wrapping hex = Wrapping.Named("hex"), base64 = Wrapping.Named("base64url");
        string text = $"the key is {Canary}.", masked = "the key is [REDACTED:canary].";
        Assert.Equal(
            $"/{hex.Encode(masked)}/{hex.Encode(masked)}-{base64.Encode(masked)}=",
            Redact($"/{hex.Encode(text)}/{hex.Encode(text)}-{base64.Encode(text)}"));
        Assert.EndsWith($"/{hex.Encode(masked)}/end", Redact($"/{base64.Encode(text)}/{hex.Encode(text)}/end"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_as_a_data_url_is_not_mistaken_for_a_secret()
    {
        byte[] picture = new byte[300_000];
        new Random(1).NextBytes(picture);
        "\u0089PNG\r\n"u8.CopyTo(picture);
        RuleSet rules = Create(Redactor.Scanning.FilterEngine.Auto, Rule("chance", "ab[A-Za-z0-9+/]"));
        string url = "{\"url\":\"data:image/png;base64," + Convert.ToBase64String(picture) + "\"}";
        Assert.Equal(url, Redact(url, rules));
        Assert.Equal(url.Replace("\"}", " [REDACTED:chance]\"}", StringComparison.Ordinal), Redact(url.Replace("\"}", " abc\"}", StringComparison.Ordinal), rules));
    }

    [Fact]
    public void A_picture_behind_a_url_encoded_name_is_one_run_where_no_form_reaches()
    {
        byte[] picture = new byte[300_000];
        new Random(1).NextBytes(picture);
        RuleSet rules = Create(Redactor.Scanning.FilterEngine.Auto, Rule("chance", "ab[A-Za-z0-9+/]"));
        string base64 = Convert.ToBase64String(picture);
        Assert.EndsWith(base64[20_000..], Redact($"my%20cat.png;base64,{base64}", rules), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_encoded_deeper_than_the_limit_is_masked_and_counted()
    {
        string text = Canary;
        for (int i = 0; i < 10; i++)
        {
            text = Convert.ToBase64String(Encoding.UTF8.GetBytes("wrapped once more: " + text));
        }

        RedactedText result = TextRedactor.Redact(Encoding.UTF8.GetBytes(text), TestRules);
        Assert.Equal(1, result.Report.UnitsOverBudget);
        string unwrapped = Encoding.UTF8.GetString(result.Bytes.Span);
        for (int i = 0; i < 8; i++)
        {
            unwrapped = Encoding.UTF8.GetString(Convert.FromBase64String(unwrapped)).Replace("wrapped once more: ", "", StringComparison.Ordinal);
        }

        Assert.Equal("[REDACTED:over-budget]", unwrapped);
    }

    [Fact]
    public void A_text_with_a_view_every_few_bytes_is_masked_and_counted()
    {
        RedactedText result = TextRedactor.Redact(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("%20 ", 10_000))), TestRules);
        Assert.True(result.Report.UnitsOverBudget > 0);
    }

    [Fact]
    public void Backslashes_by_the_hundred_are_no_encoding()
    {
        string drawing = new string('\\', 1000) + " / " + new string('\\', 777);
        Assert.Equal(drawing, Redact(drawing));
    }

    [Fact]
    public void A_finding_that_text_and_view_share_is_counted_once()
    {
        RedactedText result = TextRedactor.Redact(Encoding.UTF8.GetBytes($"path C:\\new {Canary} 100%25 &amp;"), TestRules);
        Assert.Equal(1, Assert.Single(result.Report.Findings).Count);
    }

    [Fact]
    public void A_length_byte_that_looks_like_a_backslash_hides_nothing()
    {
        // 92 bytes: the length of the text is '\', its first byte 'n'.
        string text = ("n" + Canary).PadRight(92, 'x');
        var request = new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { new LogRecord { Body = new AnyValue { StringValue = text } } } } } } } };
        Assert.DoesNotContain(Canary, Run(Signal.Logs, request).ResourceLogs[0].ScopeLogs[0].LogRecords[0].Body.StringValue, StringComparison.Ordinal);
    }

    private static string Redact(string text, RuleSet? rules = null) =>
        Encoding.UTF8.GetString(TextRedactor.Redact(Encoding.UTF8.GetBytes(text.Replace("CANARY", Canary, StringComparison.Ordinal)), rules ?? TestRules).Bytes.Span);
}
