using Redactor.Redact.Conversations;
using Redactor.Rules;

namespace Redactor.Tests.Redact.Conversations;

public class SegmentTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public void The_segments_around_a_place_are_those_that_a_look_at_all_of_them_finds(int count)
    {
        var random = new Random(count);
        List<Segment> segments = [];
        for (int start = random.Next(3); segments.Count < count; start = segments[^1].End + random.Next(3))
        {
            segments.Add(new Segment(start, start + 1 + random.Next(4), ConversationRole.User, ConversationPart.Text));
        }

        for (int position = 0; position < 6 * count + 6; position++)
        {
            Assert.Equal(segments.FindLastIndex(segment => segment.Start <= position), Segment.LastAt(segments, position));
            int behind = segments.FindIndex(segment => segment.End > position);
            Assert.Equal(behind < 0 ? segments.Count : behind, Segment.FirstBehind(segments, position));
        }
    }
}
