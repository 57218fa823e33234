using Google.Protobuf;
using Redactor.Otlp;
using Redactor.Redact;
using Redactor.Redact.Conversations;
using Redactor.Rules;

namespace Redactor.Tests.Redact.Conversations;

/// <summary>What attributes say of those beside them costs no more than reading each list once, whatever is found in it.</summary>
public sealed class SiblingsTests
{
    private const int Attributes = 9;

    [Fact]
    public void A_list_is_read_once_a_payload_however_often_others_are_asked_for_in_between()
    {
        var siblings = new Siblings();
        siblings.Read(1, Saying("role", "tool"), PayloadEncoding.Protobuf, Attributes);
        siblings.Read(2, Saying("role", "system"), PayloadEncoding.Protobuf, Attributes);
        Assert.Equal(ConversationRole.System, siblings.RoleOf("content"));

        siblings.Read(1, [], PayloadEncoding.Protobuf, Attributes);
        Assert.Equal(ConversationRole.Tool, siblings.RoleOf("content"));

        siblings.Clear();
        siblings.Read(1, [], PayloadEncoding.Protobuf, Attributes);
        Assert.Null(siblings.RoleOf("content"));
    }

    [Fact]
    public void Of_a_name_longer_than_any_of_the_conventions_no_part_is_looked_up()
    {
        string longest = "a." + new string('b', RedactLimits.MaxConversationName - 2);
        var siblings = new Siblings();
        siblings.Read(1, Saying("a.role", "tool"), PayloadEncoding.Protobuf, Attributes);

        Assert.Equal(ConversationRole.Tool, siblings.RoleOf(longest));
        Assert.Null(siblings.RoleOf(longest + "b"));
    }

    private static byte[] Saying(string name, string text) =>
        new Span { Attributes = { new KeyValue { Key = name, Value = new AnyValue { StringValue = text } } } }.ToByteArray();
}
